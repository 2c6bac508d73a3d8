import { chains, incidentFinding } from "../incidents.ts";
import type { Rule } from "../rule.ts";

/** A panic, printed by the runtime or by the program after a recover; a chain of panics is one finding. */
export const panic: Rule = {
  id: "panic",
  title: "Panic",
  certainties: ["proven"],
  find: (analysis) =>
    chains(analysis.dump.incidents)
      .filter((chain) => chain.at(-1)?.kind === "panic")
      .flatMap((chain) => incidentFinding(analysis, "panic", chain) ?? []),
};

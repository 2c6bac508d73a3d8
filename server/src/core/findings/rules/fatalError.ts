import { isDeadly } from "../../analysis/coverage.ts";
import type { Incident } from "../../model/incident.ts";
import { chains, incidentFinding } from "../incidents.ts";
import type { Rule } from "../rule.ts";

/** A fatal error of the runtime, or a signal or exception that killed the program. */
export const fatalError: Rule = {
  id: "fatal-error",
  title: "Fatal error",
  certainties: ["proven"],
  explains: () => false,
  find: ({ analysis }) =>
    chains(analysis.dump.incidents)
      .filter((chain) => isFatal(chain.at(-1)))
      .flatMap((chain) => incidentFinding(analysis, "fatal-error", chain) ?? []),
};

function isFatal(incident: Incident | undefined): boolean {
  return incident !== undefined && incident.kind !== "panic" && isDeadly(incident);
}

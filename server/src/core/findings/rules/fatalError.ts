import type { Incident } from "../../model/incident.ts";
import { chains, incidentFinding } from "../incidents.ts";
import type { Rule } from "../rule.ts";

/** Signals that people send to get a dump, or to end a program: nothing is wrong with it. */
const ASKED_FOR = /^SIG(?:QUIT|INT|TERM|HUP|USR1|USR2)\b/;

/** A fatal error of the runtime, or a signal or exception that killed the program. */
export const fatalError: Rule = {
  id: "fatal-error",
  title: "Fatal error",
  certainties: ["proven"],
  find: ({ analysis }) =>
    chains(analysis.dump.incidents)
      .filter((chain) => isFatal(chain.at(-1)))
      .flatMap((chain) => incidentFinding(analysis, "fatal-error", chain) ?? []),
};

function isFatal(incident: Incident | undefined): boolean {
  return incident !== undefined && incident.kind !== "panic" && !ASKED_FOR.test(incident.message);
}

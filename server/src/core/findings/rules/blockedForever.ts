import { baseState } from "../../model/state.ts";
import { groupFinding } from "../groupFinding.ts";
import { keepsAlive } from "../../analysis/mainGoroutine.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { NOTHING, say } from "../../text/say.ts";

/** `select {}` anywhere but in main, where it is a common way to keep a program alive. */
export const blockedForever: Rule = {
  id: "blocked-forever",
  title: "Empty select",
  certainties: ["proven"],
  find: ({ analysis, isExplained }) =>
    analysis.groups.groups
      .filter((group) => baseState(group.state) === "select (no cases)")
      .filter((group) => !isExplained(group) && !keepsAlive(analysis, group))
      .map((group) => {
        const frame = analysis.place(group);
        return groupFinding(analysis, group, {
          rule: "blocked-forever",
          certainty: "proven",
          what: say`Empty select blocks forever`,
          message: say`${goroutines(group.count)} blocked forever in an empty select${frame === null ? NOTHING : say`, in ${callAt(frame)}`}.`,
          evidence: [say`Go prints the wait reason "select (no cases)": nothing can end it.`],
        });
      }),
};

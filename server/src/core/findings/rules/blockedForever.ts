import { at } from "../../model/column.ts";
import { baseState } from "../../model/state.ts";
import type { Group } from "../../group/groups.ts";
import type { Analysis } from "../analysis.ts";
import { groupFinding } from "../groupFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../wording.ts";

/** `select {}` anywhere but in main, where it is a common way to keep a program alive. */
export const blockedForever: Rule = {
  id: "blocked-forever",
  title: "Empty select",
  certainties: ["proven"],
  find: (analysis) =>
    analysis.groups.groups
      .filter((group) => baseState(group.state) === "select (no cases)")
      .filter((group) => !analysis.isExplained(group) && !isMain(analysis, group))
      .map((group) => {
        analysis.explain(group);
        const frame = analysis.place(group);
        return groupFinding(analysis, group, {
          rule: "blocked-forever",
          certainty: "proven",
          message: `${goroutines(group.count)} blocked forever in an empty select${frame === null ? "" : `, in ${callAt(frame)}`}.`,
          evidence: [`Go prints the wait reason "select (no cases)": nothing can end it.`],
        });
      }),
};

/** Goroutine 1 is main; where there are no ids, it is the one that runs `main.main`. */
function isMain(analysis: Analysis, group: Group): boolean {
  const first = analysis.groups.rows[group.start];
  if (first !== undefined && at(analysis.dump.goroutines.id, first) === 1) return true;
  return analysis.stack(group).frames.some((frame) => frame.function === "main.main");
}

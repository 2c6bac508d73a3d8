import { stateInfo, type WaitKind } from "../../model/state.ts";
import { groupFinding } from "../groupFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines, waited } from "../wording.ts";

/** Waits that only another goroutine of the program can end. */
const WAKEABLE: ReadonlySet<WaitKind> = new Set(["channel", "select", "condition", "wait-group", "semaphore"]);

/** Many goroutines blocked at one place that only other goroutines can free. */
export const leak: Rule = {
  id: "leak",
  title: "Leaking goroutines",
  certainties: ["suspect"],
  find: (analysis) =>
    analysis.groups.groups
      .filter((group) => group.count >= analysis.context.thresholds.leakCount && !analysis.isExplained(group))
      .filter((group) => WAKEABLE.has(stateInfo(group.state).kind))
      .map((group) => {
        const frame = analysis.place(group);
        const since = waited(group.wait);
        return groupFinding(analysis, group, {
          rule: "leak",
          certainty: "suspect",
          message: `${goroutines(group.count)} blocked${frame === null ? "" : ` in ${callAt(frame)}`} (${group.state}).`,
          evidence: [
            `${goroutines(group.count)} share this stack.`,
            ...(since === undefined ? [] : [`They have waited ${since}.`]),
          ],
        });
      }),
};

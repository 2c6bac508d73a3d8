import { groupFinding } from "../groupFinding.ts";
import { keepsAlive } from "../../analysis/mainGoroutine.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";

const NIL_CHANNEL = /^chan (send|receive) \(nil chan\)/;

/** A channel operation on nil never ends; outside a select it is never meant. */
export const nilChannel: Rule = {
  id: "nil-channel",
  title: "Send or receive on a nil channel",
  certainties: ["proven"],
  find: ({ analysis }) =>
    analysis.groups.groups.flatMap((group) => {
      const operation = NIL_CHANNEL.exec(group.state)?.[1];
      if (operation === undefined || analysis.isExplained(group) || keepsAlive(analysis, group)) return [];
      analysis.explain(group);
      const frame = analysis.place(group);
      const verb = operation === "send" ? "sends on" : "receives from";
      const where = frame === null ? "" : `, in ${callAt(frame)}`;
      return [
        groupFinding(analysis, group, {
          rule: "nil-channel",
          certainty: "proven",
          message: `${goroutines(group.count)} ${group.count === 1 ? verb : verb.replace("s ", " ")} a nil channel and will wait forever${where}. Make the channel before it is used.`,
          evidence: [
            `Go prints the wait reason "${group.state}": the channel is nil, so nobody can ever be at its other end.`,
          ],
        }),
      ];
    }),
};

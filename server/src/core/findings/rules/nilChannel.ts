import type { Analysis } from "../../analysis/analysis.ts";
import type { Group } from "../../group/groups.ts";
import { stateInfo } from "../../model/state.ts";
import { groupFinding } from "../groupFinding.ts";
import { keepsAlive } from "../../analysis/mainGoroutine.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";

/**
 * A channel operation on nil never ends; outside a select it is not meant, unless somebody waits for a context that is never
 * cancelled: whoever lives as long as the program may do so.
 */
export const nilChannel: Rule = {
  id: "nil-channel",
  title: "Send or receive on a nil channel",
  certainties: ["proven", "suspect"],
  find: ({ analysis, isExplained }) =>
    analysis.groups.groups.flatMap((group) => {
      const { kind, isForever } = stateInfo(group.state);
      const isSend = kind === "send";
      if (!isForever || (!isSend && kind !== "receive")) return [];
      if (isExplained(group) || keepsAlive(analysis, group)) return [];
      const frame = analysis.place(group);
      const where = frame === null ? NOTHING : say`, in ${callAt(frame)}`;
      const who = goroutines(group.count);
      if (frame !== null && analysis.context.source?.at(frame.id)?.isForContext === true) {
        return [forContext(analysis, group, say`${who} blocked forever${where}`)];
      }
      return [
        groupFinding(analysis, group, {
          rule: "nil-channel",
          certainty: "proven",
          what: isSend ? say`Send on a nil channel` : say`Receive from a nil channel`,
          message: say`${who} blocked forever ${isSend ? say`sending on` : say`receiving from`} a nil channel${where}. Make the channel before it is used.`,
          evidence: [
            say`Go prints the wait reason "${group.state}": the channel is nil, so nobody can ever be at its other end.`,
          ],
        }),
      ];
    }),
};

function forContext(analysis: Analysis, group: Group, blocked: Message): Finding {
  return groupFinding(analysis, group, {
    rule: "nil-channel",
    certainty: "suspect",
    what: say`Wait for a context that never ends`,
    message: say`${blocked}: nothing can cancel the context there, its Done() is nil as that of context.Background(). If the wait should end, pass a context that is cancelled.`,
    evidence: [
      say`Go prints the wait reason "${group.state}", and the source shows that the channel is that of a context.`,
    ],
  });
}

import { stateInfo } from "../../model/state.ts";
import { groupFinding } from "../groupFinding.ts";
import { keepsAlive } from "../../analysis/mainGoroutine.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { NOTHING, say } from "../../text/say.ts";

/** A channel operation on nil never ends; outside a select it is never meant. */
export const nilChannel: Rule = {
  id: "nil-channel",
  title: "Send or receive on a nil channel",
  certainties: ["proven"],
  find: ({ analysis, isExplained }) =>
    analysis.groups.groups.flatMap((group) => {
      const { kind, isForever } = stateInfo(group.state);
      const isSend = kind === "send";
      if (!isForever || (!isSend && kind !== "receive")) return [];
      if (isExplained(group) || keepsAlive(analysis, group)) return [];
      const frame = analysis.place(group);
      const where = frame === null ? NOTHING : say`, in ${callAt(frame)}`;
      const who = goroutines(group.count);
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

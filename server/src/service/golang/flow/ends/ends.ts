import type { OperationKind } from "../values/operationKind.ts";
import type { Site } from "../values/values.ts";

/** What ends a wait. */
export const ENDS: ReadonlyMap<OperationKind, readonly OperationKind[]> = new Map([
  ["send", ["receive", "close"]],
  ["receive", ["send", "close", "cancel"]],
  // Of a Cond, which gives its lock back meanwhile.
  ["lock", ["unlock", "wait"]],
  ["wait", ["done", "signal"]],
  ["acquire", ["release"]],
  ["spawn", ["done"]],
  // The other end, or whoever closes this one.
  ["stream", ["stream"]],
]);

/** Whether an operation can wait for values of that kind. */
export function isAwaitable({ kind }: Site, operation: OperationKind): boolean {
  switch (operation) {
    case "send":
    case "receive":
      return kind === "channel";
    case "lock":
      return kind === "mutex";
    case "acquire":
      return kind === "semaphore";
    case "spawn":
      return kind === "waitGroup";
    case "stream":
      return kind === "pipe";
    case "enter":
      return kind === "once";
    default:
      return kind === "waitGroup" || kind === "cond";
  }
}

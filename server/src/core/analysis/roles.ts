import { baseState, stateInfo, type WaitKind } from "../model/state.ts";
import type { Stack } from "../model/stack.ts";
import { UNKNOWN_STATE } from "../names/inferState.ts";
import { isSystem } from "./normal.ts";

/**
 * What a goroutine is to the question who can wake whom. `blocked`: only another goroutine ends its wait. `alive`: it
 * runs, or time, the network or the system will wake it, so it may wake others. `aside`: a goroutine of the runtime or of
 * a library, or the one that takes the dump: neither stuck nor of help. `unclear`: a profile's goroutine that stands in
 * the user's code and may run there or be blocked on a channel, because profiles leave the runtime's frames out.
 */
export type Role = "blocked" | "alive" | "aside" | "unclear";

/** Waits that only another goroutine of the program can end. */
const WAKEABLE: ReadonlySet<WaitKind> = new Set([
  "channel",
  "select",
  "lock",
  "condition",
  "wait-group",
  "semaphore",
  "coroutine",
]);

/** Whether only another goroutine can end that wait. */
export function isWakeable(state: string): boolean {
  return WAKEABLE.has(stateInfo(state).kind);
}

/** The role of goroutines with that stack and state. `isAside`: a frame of the stack is one of `isAsideFunction`. */
export function roleOf(stack: Stack, state: string, isAside: boolean): Role {
  if (isAside || isSystem(stack, state)) return "aside";
  if (state === UNKNOWN_STATE) return "unclear";
  if (!isWakeable(state)) return "alive";
  // The poller's own semaphores: a second reader or writer of one file.
  if (
    baseState(state) === "semacquire" &&
    stack.frames.some(({ function: name }) => name.startsWith("internal/poll."))
  ) {
    return "alive";
  }
  return "blocked";
}

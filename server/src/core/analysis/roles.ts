import { baseState, stateInfo, type WaitKind } from "../model/state.ts";
import type { Stack } from "../model/stack.ts";
import { UNKNOWN_STATE } from "../names/inferState.ts";
import { isSystem } from "./normal.ts";

/**
 * What a goroutine is to the question who can wake whom. `blocked`: only another goroutine ends its wait. `alive`: it
 * runs, or time, the network or the system will wake it, so it may wake others. `aside`: a goroutine of the runtime or of
 * a library, or the one that takes the dump for a request: neither stuck nor of help. `observer`: it takes the dump while
 * it runs the user's code, with which it goes on. `unclear`: a profile's goroutine that stands in
 * the user's code and may run there or be blocked on a channel, because profiles leave the runtime's frames out.
 */
export type Role = "blocked" | "alive" | "aside" | "observer" | "unclear";

/** Whether a goroutine is neither blocked nor at work: it says nothing about a fault. */
export function standsAside(role: Role): boolean {
  return role === "aside" || role === "observer";
}

/** Waits that only another goroutine of the program can end. */
const WAKEABLE: ReadonlySet<WaitKind> = new Set([
  "send",
  "receive",
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

/** What the calls on a stack say, see `callKind`. */
export interface StackKind {
  readonly isNormal: boolean;
  readonly takesDump: boolean;
  /** Whether the user's code is on it. */
  readonly hasUser: boolean;
  /** Whether taking dumps is all it does: it serves a request, or waits for a signal to take one. */
  readonly isDumper: boolean;
}

/** The role of goroutines with that stack and state. */
export function roleOf(stack: Stack, state: string, kind: StackKind): Role {
  if (kind.isNormal || isSystem(stack, state)) return "aside";
  if (kind.takesDump) return kind.hasUser && !kind.isDumper ? "observer" : "aside";
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

import type { Traits } from "../analysis/traits.ts";
import type { Group } from "../group/groups.ts";
import { lockWaitOf, waitKindOf } from "../locks/lockWait.ts";
import { stateInfo } from "../model/state.ts";

/** What a goroutine waits for, as far as another one has to come. `other`: a semaphore of the runtime and the like. */
export type Wait = "send" | "receive" | "select" | "lock" | "wait-group" | "condition" | "coroutine" | "other";

/** The wait of a group's goroutines. */
export function waitOf(group: Group, traits: Traits): Wait {
  const { stack, families } = traits;
  const kind = waitKindOf(group.state, traits);
  if (kind === "send" || kind === "receive") return kind;
  // A pipe waits for its other end alone, and for its closing.
  if (families.has("io.(*pipe).write")) return "send";
  if (families.has("io.(*pipe).read")) return "receive";
  if (kind === "select") return "select";
  if (lockWaitOf(stack.frames, group.state) !== undefined) return "lock";
  return kind === "wait-group" || kind === "condition" || kind === "coroutine" ? kind : "other";
}

/** A select whose cases are not known. Those of io.Pipe wait for the pipe's other end only. */
export function isOpenSelect({ state }: Group, { stack }: Traits): boolean {
  if (stateInfo(state).kind !== "select") return false;
  return !stack.frames.some(({ function: name }) => name.startsWith("io.(*pipe)."));
}

/** A receive in the very function a goroutine was started with: a loop over a ticker's channel looks like that as well. */
export function mayTick({ state }: Group, { user }: Traits): boolean {
  return stateInfo(state).kind === "receive" && user.length === 1;
}

/**
 * How those idle that take work, events or tokens as they come: until the outside brings some. The test runner's receive
 * is none of these: it waits for the test it has started.
 */
export function isConsumer({ state }: Group, { stack }: Traits): boolean {
  const innermost = stack.frames.find(({ function: name }) => !name.startsWith("runtime."));
  if (innermost?.function.startsWith("testing.") === true) return false;
  const { kind } = stateInfo(state);
  return kind === "receive" || kind === "condition";
}

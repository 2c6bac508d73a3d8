import { stateInfo, type WaitKind } from "../../../core/model/state.ts";
import type { WaitClass } from "../../../protocol/index.ts";

const CLASSES: Readonly<Record<WaitKind, WaitClass>> = {
  send: "channel",
  receive: "channel",
  select: "select",
  lock: "lock",
  condition: "sync",
  "wait-group": "sync",
  semaphore: "sync",
  coroutine: "sync",
  synctest: "sync",
  io: "io",
  syscall: "io",
  sleep: "sleep",
  running: "running",
  collector: "system",
  system: "system",
  unknown: "unknown",
};

/** What a printed state amounts to, for a colour. */
export function waitClass(state: string): WaitClass {
  return CLASSES[stateInfo(state).kind];
}

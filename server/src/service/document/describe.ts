import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { goroutines } from "../../core/analysis/wording.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, Flag, NO_ID, NO_WAIT } from "../../core/model/dump.ts";
import { type Frame, stackOf } from "../../core/model/stack.ts";
import { stateInfo, suffixFlags, type WaitKind } from "../../core/model/state.ts";
import type { Group } from "../../core/group/groups.ts";
import { shortFunctionName } from "../../core/names/functionName.ts";
import { firstUserFrame, visibleFrames } from "../../core/names/userCode.ts";
import type { Activity, FrameRef } from "../../protocol/index.ts";
import { clip } from "../../core/text/visible.ts";

/** UTF-16 units of a stack's name: names of generic functions are long, and a dump may hold anything. */
const TITLE_LIMIT = 200;

/**
 * The frame a stack is known by: the innermost of the user's code. A stack of nothing but library code is known by what
 * it was started for, `http.(*conn).serve` rather than `poll.runtime_pollWait`. Null without frames.
 */
export function titleFrame<F extends Pick<Frame, "function" | "file">>({
  frames,
  createdBy,
}: {
  readonly frames: readonly F[];
  readonly createdBy: F | null;
}): F | null {
  return firstUserFrame(frames) ?? visibleFrames(frames).at(-1) ?? createdBy;
}

/** A stack in one name: `ws.(*Client).Send`. */
export function stackTitle(dump: Dump, stack: number): string {
  const frame = titleFrame(stackOf(dump, stack));
  return frame === null ? words(say`no stack`) : clip(shortFunctionName(frame.function), TITLE_LIMIT);
}

/** `goroutine 45`; a record of a counted form has no id. */
export function goroutineTitle({ goroutines: { id, weight } }: Dump, row: number): string {
  const number = at(id, row);
  if (number !== NO_ID) return words(say`goroutine ${number}`);
  return words(goroutines(weight === null ? 1 : at(weight, row)));
}

/** `at least 4 min`, of one goroutine; empty where the dump prints none. */
export function waitOfRow(dump: Dump, row: number): string {
  const wait = at(dump.goroutines.wait, row);
  return wait === NO_WAIT ? "" : words(say`at least ${wait} min`);
}

/** `at least 4 min`, `at least 4 to 38 min`, `some at least 38 min`; empty where the dump prints none. */
export function waitOfGroup({ wait, unwaited }: Pick<Group, "wait" | "unwaited">): string {
  if (wait === null) return "";
  if (unwaited > 0) return words(say`some at least ${wait.max} min`);
  return wait.min === wait.max
    ? words(say`at least ${wait.min} min`)
    : words(say`at least ${wait.min} to ${wait.max} min`);
}

/** `4m`, `4m-38m`, `2h10m`: the wait of a group in as few letters as possible; empty where the dump prints none. */
export function shortWait({ wait }: Pick<Group, "wait">): string {
  if (wait === null) return "";
  return wait.min === wait.max ? duration(wait.max) : `${duration(wait.min)}-${duration(wait.max)}`;
}

function duration(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours === 0 ? `${days}d` : `${days}d${hours}h`;
  return hours === 0 ? `${rest}m` : rest === 0 ? `${hours}h` : `${hours}h${rest}m`;
}

/** Phrases with a dot between them; empty ones are left out. */
export function phrases(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

const ACTIVITIES: Readonly<Record<WaitKind, Activity>> = {
  send: "blocked",
  receive: "blocked",
  select: "blocked",
  lock: "blocked",
  condition: "blocked",
  "wait-group": "blocked",
  semaphore: "blocked",
  io: "waiting",
  syscall: "waiting",
  sleep: "waiting",
  coroutine: "waiting",
  synctest: "waiting",
  running: "running",
  collector: "system",
  system: "system",
  unknown: "unknown",
};

/** What a printed state amounts to. */
export function activityOf(state: string): Activity {
  const { kind, isForever } = stateInfo(state);
  return isForever || (suffixFlags(state) & Flag.leaked) !== 0 ? "stuck" : ACTIVITIES[kind];
}

/** A frame of the model as the protocol has it. */
export function frameRef({ function: name, file, line }: Pick<Frame, "function" | "file" | "line">): FrameRef {
  return { function: name, file, line };
}

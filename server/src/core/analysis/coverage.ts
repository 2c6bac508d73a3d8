import { at } from "../model/column.ts";
import { type Dump, Flag } from "../model/dump.ts";
import type { Incident } from "../model/incident.ts";
import type { NoteKind } from "../model/note.ts";
import { CREATED_BY, FRAME, stackOf } from "../model/stack.ts";
import { baseState } from "../model/state.ts";
import { type Message, say } from "../text/say.ts";
import { isRuntimeFunction } from "../names/userCode.ts";
import { HEADERLESS } from "../forms/traceback/openGoroutine.ts";

/**
 * How much of a process a dump shows. `whole`: all its goroutines, and it lived on. `crash`: all of them, while it died:
 * main may wait for its end, or for the very goroutine that failed. `excerpt`: some of them. Only in a whole dump does it
 * prove anything that somebody is missing.
 */
export type CoverageKind = "whole" | "crash" | "excerpt";

export interface Coverage {
  readonly kind: CoverageKind;
  /** Why: a sentence for people. */
  readonly reason: Message;
  /** Whether it shows main, and no goroutines are known to be missing but the one that took it. */
  readonly hasMain: boolean;
}

/** The id of the goroutine that runs main.main (`runtime/proc.go`). */
export const MAIN_ID = 1;
const MAIN_FUNCTION = "main.main";

/** Notes that say that goroutines are missing. */
const MISSING: ReadonlySet<NoteKind> = new Set(["truncated", "size-limit", "limit", "stopped", "inconsistent"]);
/** A line's beginning that is nothing but the marks of a quotation. */
const QUOTE = /^[\s|]*>[\s>|]*$/;
/** The runtime has seen that nobody can go on; the test's alarm was the only one that ran: nobody else was about to. */
const CLOSED = /^all goroutines are asleep|^test timed out after /;
/** Signals that people send to get a dump, or to end a program: nothing is wrong with it. */
const ASKED_FOR = /^SIG(?:QUIT|INT|TERM|HUP|USR1|USR2)\b/;

const ABORTED = /^SIGABRT\b/;
/** How a thread of Go's scheduler sleeps, by system (`runtime/os_*.go`, `runtime/netpoll_*.go`). */
const AT_REST =
  /^(?:runtime\.(?:futex|epollwait|kevent|pthread_cond_(?:timed)?wait(?:_relative_np)?)|(?:internal\/runtime|runtime\/internal)\/syscall\.(?:EpollWait|Syscall6))$/;
/** The goroutine of a thread's scheduler. */
const SCHEDULER_ID = 0;

const WHOLE: Coverage = { kind: "whole", reason: say`All goroutines of the process are in it.`, hasMain: true };

/** How much of its process a dump shows. */
export function coverageOf(dump: Dump): Coverage {
  const missing = whatIsMissing(dump);
  if (missing !== undefined) return { kind: "excerpt", reason: missing, hasMain: false };
  const observer = missingObserver(dump);
  if (observer !== undefined) return { kind: "excerpt", reason: observer, hasMain: true };
  const deadly = dump.incidents.filter((incident) => isDeadly(incident) && !cameFromOutside(dump, incident));
  if (deadly.length === 0 || deadly.some(({ message }) => CLOSED.test(message))) return WHOLE;
  const reason = say`It was taken while the process died: goroutines were about to go on.`;
  return { kind: "crash", reason, hasMain: true };
}

/** What a dump that is not whole says about what it does not show: a sentence; undefined for a whole one. */
export function coverageSentence({ kind, reason }: Coverage): Message | undefined {
  if (kind === "whole") return undefined;
  return kind === "crash"
    ? say`Crash: what is not shown proves little. ${reason}`
    : say`Excerpt: what is not shown proves nothing. ${reason}`;
}

/** Whether an incident is more than somebody's wish to have a dump. */
export function isDeadly({ kind, message, recovered }: Incident): boolean {
  return kind === "panic" ? !recovered : !ASKED_FOR.test(message);
}

/**
 * Whether the program was aborted from outside, as service managers do with one that hangs: the signal met a thread of Go's
 * scheduler at rest. C code that aborts raises it on the thread it runs on.
 */
function cameFromOutside(dump: Dump, { message }: Incident): boolean {
  const { goroutines, states } = dump;
  if (!ABORTED.test(message) || goroutines.length === 0 || at(goroutines.id, 0) !== SCHEDULER_ID) return false;
  const [innermost] = stackOf(dump, at(goroutines.stack, 0)).frames;
  const state = states[at(goroutines.state, 0)] ?? "";
  return baseState(state) === "idle" && innermost !== undefined && AT_REST.test(innermost.function);
}

function whatIsMissing(dump: Dump): Message | undefined {
  switch (dump.form) {
    case "goleak":
      return say`A leak checker lists what is left over, not all goroutines.`;
    case "race":
      return say`A race report shows the goroutines of the race alone.`;
    case "go-deadlock":
      return say`A report of go-deadlock shows the goroutines at its locks alone.`;
    case "profile-text":
    case "profile-proto":
      return missingPart(dump);
    default:
      return missingPart(dump) ?? (hasMain(dump) ? undefined : say`Goroutine 1, which runs main, is not in it.`);
  }
}

function missingPart(dump: Dump): Message | undefined {
  const { notes, systemStacks, wrapping } = dump;
  const note = notes.find(({ kind }) => MISSING.has(kind));
  if (note !== undefined) return note.message;
  if (isCutAtEnd(dump)) return say`It ends in the middle of a goroutine.`;
  if (systemStacks.some(({ title }) => title === HEADERLESS)) return say`It begins in the middle of a goroutine.`;
  const isQuoted = wrapping?.some((layer) => layer.kind === "prefix" && QUOTE.test(layer.sample)) === true;
  return isQuoted ? say`It is quoted, and a quotation may leave goroutines out.` : undefined;
}

/**
 * Whether the last goroutine lacks its outermost call. Go prints who started a goroutine below its calls, and leaves that
 * out for main and for what the runtime started (`runtime/traceback.go`).
 */
function isCutAtEnd(dump: Dump): boolean {
  const { goroutines, stacks, frames, functions, form } = dump;
  const last = goroutines.length - 1;
  if (form !== "traceback" || last < 0 || (at(goroutines.flags, last) & Flag.unavailable) !== 0) return false;
  if (at(goroutines.id, last) <= MAIN_ID) return false;
  const outermost = at(goroutines.stack, last);
  if (outermost === 0) return true;
  const edge = stacks.edge[outermost]!;
  if ((edge & 3) !== FRAME) return false;
  const root = functions[frames.function[edge >> 2]!] ?? "";
  return root !== MAIN_FUNCTION && !isRuntimeFunction(root);
}

/** Whoever takes a dump runs and stands in it; a signal says so in a line of its own. */
function missingObserver({ form, incidents, states }: Dump): Message | undefined {
  const isTaken = incidents.length > 0 || states.some((state) => /^(?:running|idle)/.test(baseState(state)));
  return isTaken || form !== "traceback" ? undefined : say`The goroutine that took the dump is not in it.`;
}

/** Whether goroutine 1 is there, or one that runs main.main and that nobody has started. */
function hasMain(dump: Dump): boolean {
  const { id, stack, length } = dump.goroutines;
  for (let row = 0; row < length; row++) if (at(id, row) === MAIN_ID) return true;
  const main = dump.functions.indexOf(MAIN_FUNCTION);
  if (main < 0) return false;
  const { parent, edge } = dump.stacks;
  for (let row = 0; row < length; row++) {
    // The outermost call is main.main, or runtime.main around it.
    const last = at(stack, row);
    for (const node of [last, parent[last] ?? 0]) {
      if (node > 0 && (edge[last]! & 3) !== CREATED_BY && dump.frames.function[edge[node]! >> 2] === main) return true;
    }
  }
  return false;
}

import { type Message, say } from "../text/say.ts";
import { Flag } from "./dump.ts";

/** The state when only the stack is known and does not prove one. */
export const UNKNOWN_STATE = "unknown";

/** Suffixes of a state, last printed first (`runtime/traceback.go`, `goroutineheader`). */
const SUFFIXES = [
  [" (durable)", Flag.durable],
  [" (scan)", Flag.scan],
  [" (leaked)", Flag.leaked],
] as const;

/** A state without the suffixes that say something else: `chan receive (leaked)` is `chan receive`. */
export function baseState(printed: string): string {
  if (!printed.endsWith(")")) return printed;
  let state = printed;
  for (const [suffix] of SUFFIXES) if (state.endsWith(suffix)) state = state.slice(0, -suffix.length);
  return state;
}

/** The suffixes of a printed state as bits of `Flag`. */
export function suffixFlags(printed: string): number {
  let state = printed;
  let flags = 0;
  for (const [suffix, flag] of SUFFIXES) {
    if (!state.endsWith(suffix)) continue;
    state = state.slice(0, -suffix.length);
    flags |= flag;
  }
  return flags;
}

/** What keeps a goroutine from running, coarsely. */
export type WaitKind =
  | "send"
  | "receive"
  | "select"
  | "lock"
  | "condition"
  | "wait-group"
  | "semaphore"
  | "io"
  | "syscall"
  | "sleep"
  | "coroutine"
  | "synctest"
  | "running"
  | "collector"
  | "system"
  | "unknown";

/** A wait reason or status of the runtime. */
export interface StateInfo {
  readonly kind: WaitKind;
  /** What it means, a sentence for people. */
  readonly meaning: Message;
  /** Blocked forever by definition: no other goroutine can end it. */
  readonly isForever: boolean;
}

function info(kind: WaitKind, meaning: Message, isForever = false): StateInfo {
  return { kind, meaning, isForever };
}

const SYSTEM = say`One of Go's own goroutines, waiting for work: normal in every program.`;
const COLLECTING = say`Helping or waiting for the garbage collector: passes by itself.`;

/** Statuses (`gStatusStrings`) and wait reasons (`waitReasonStrings` in `runtime/runtime2.go`), Go 1.0 to 1.27. */
const STATES: ReadonlyMap<string, StateInfo> = new Map<string, StateInfo>([
  ["chan receive", info("receive", say`Waits to receive from a channel until someone sends or closes it.`)],
  ["chan send", info("send", say`Waits to send on a channel until someone receives or its buffer has room.`)],
  ["select", info("select", say`Waits in a select until one of its cases can go on.`)],
  ["chan receive (nil chan)", info("receive", say`Receives from a nil channel: blocks forever.`, true)],
  ["chan send (nil chan)", info("send", say`Sends to a nil channel: blocks forever.`, true)],
  ["select (no cases)", info("select", say`An empty select blocks forever; in main it is usually meant.`, true)],
  ["chan receive (synctest)", info("receive", say`Waits to receive from a channel of its synctest bubble.`)],
  ["chan send (synctest)", info("send", say`Waits to send on a channel of its synctest bubble.`)],
  ["select (synctest)", info("select", say`Waits in a select over channels of its synctest bubble.`)],
  [
    "semacquire",
    info(
      "semaphore",
      say`Waits for a semaphore: a Mutex or RWMutex up to Go 1.19, a WaitGroup up to Go 1.23, else one inside the runtime.`,
    ),
  ],
  ["sync.Mutex.Lock", info("lock", say`Waits for a Mutex (or to be the next writer of an RWMutex).`)],
  ["sync.RWMutex.Lock", info("lock", say`A writer that waits until the readers of an RWMutex have left.`)],
  ["sync.RWMutex.RLock", info("lock", say`A reader that waits behind a writer of an RWMutex.`)],
  ["sync.WaitGroup.Wait", info("wait-group", say`Waits until the counter of a WaitGroup is zero.`)],
  ["sync.Cond.Wait", info("condition", say`Waits for a Signal or Broadcast of a Cond.`)],
  ["synctest.Run", info("synctest", say`The root of a synctest bubble: waits for its goroutines.`)],
  ["synctest.Wait", info("synctest", say`Waits until all other goroutines of its bubble are durably blocked.`)],
  ["IO wait", info("io", say`Waits for the network, a pipe or a terminal to become ready.`)],
  ["syscall", info("syscall", say`In a system call or in C code.`)],
  ["sleep", info("sleep", say`In time.Sleep.`)],
  [
    "coroutine",
    info("coroutine", say`A coroutine of iter.Pull that waits to be resumed; without stop() it waits forever.`),
  ],
  ["panicwait", info("system", say`main has returned while another goroutine is panicking.`)],
  ["runnable", info("running", say`Ready to run; in a dump that stops the world also those that were just executing.`)],
  ["running", info("running", say`Executing, or the one that printed the dump.`)],
  ["preempted", info("running", say`Stopped by the scheduler in the middle of its work.`)],
  ["copystack", info("running", say`Its stack is being moved.`)],
  ["waiting", info("unknown", say`Waiting; the runtime gives no reason.`)],
  ["idle", info("system", say`A thread's scheduler stack.`)],
  ["dead", info("system", say`Has ended.`)],
  ["unknown", info("unknown", say`The dump does not print what it does, and the stack does not prove it.`)],
  ["leaked", info("unknown", say`Go's leak detector says that nothing can wake it.`)],
  ["GC assist marking", info("collector", COLLECTING)],
  [
    "GC assist wait",
    info("collector", say`Throttled by the garbage collector: many of these say that memory is short.`),
  ],
  ["wait for GC cycle", info("collector", say`Called runtime.GC and waits for the cycle to end.`)],
  ["GC weak to strong wait", info("collector", COLLECTING)],
  ["GC mark termination", info("collector", COLLECTING)],
  ["GC worker (active)", info("collector", COLLECTING)],
  ["stopping the world", info("collector", COLLECTING)],
  ["garbage collection", info("collector", COLLECTING)],
  ["garbage collection scan", info("collector", COLLECTING)],
  ["Concurrent GC wait", info("system", SYSTEM)],
  ["mark wait (idle)", info("system", SYSTEM)],
  ["flushing proc caches", info("running", say`Working for the runtime on its own stack.`)],
  ["trace goroutine status", info("running", say`Working for the execution tracer.`)],
  ["trace proc status", info("running", say`Working for the execution tracer.`)],
  ["page trace flush", info("running", say`Working for the page tracer.`)],
  ["dumping heap", info("running", say`In debug.WriteHeapDump.`)],
  ["debug call", info("running", say`Runs a call that a debugger injected.`)],
  ["trace reader (blocked)", info("system", SYSTEM)],
  ["finalizer wait", info("system", SYSTEM)],
  ["cleanup wait", info("system", SYSTEM)],
  ["force gc (idle)", info("system", SYSTEM)],
  ["GC sweep wait", info("system", SYSTEM)],
  ["GC scavenge wait", info("system", SYSTEM)],
  ["GC worker (idle)", info("system", SYSTEM)],
  ["GOMAXPROCS updater (idle)", info("system", SYSTEM)],
  ["timer goroutine (idle)", info("system", SYSTEM)],
  ["semarelease", info("semaphore", say`Hands a semaphore on.`)],
  ["stack growth", info("running", say`Its stack is being grown.`)],
  ["waiting for cgo callback", info("syscall", say`Waits for C code to call back.`)],
]);

const UNKNOWN: StateInfo = info("unknown", say`A state this version does not know.`);

/** What a later Go release may add to a state, as `(nil chan)` was added. */
const ADDITION = / \([^()]*\)$/;

/** What a printed state means; states of later Go releases are `unknown`, never an error. */
export function stateInfo(printed: string): StateInfo {
  const state = baseState(printed);
  return STATES.get(state) ?? STATES.get(state.replace(ADDITION, "")) ?? UNKNOWN;
}

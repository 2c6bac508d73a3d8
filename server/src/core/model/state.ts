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
  | "channel"
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
  readonly meaning: string;
  /** Blocked forever by definition: no other goroutine can end it. */
  readonly isForever: boolean;
}

function info(kind: WaitKind, meaning: string, isForever = false): StateInfo {
  return { kind, meaning, isForever };
}

const SYSTEM = "One of Go's own goroutines, waiting for work: normal in every program.";
const COLLECTING = "Helping or waiting for the garbage collector: passes by itself.";

/** Statuses (`gStatusStrings`) and wait reasons (`waitReasonStrings` in `runtime/runtime2.go`), Go 1.0 to 1.27. */
const STATES: ReadonlyMap<string, StateInfo> = new Map<string, StateInfo>([
  ["chan receive", info("channel", "Waits to receive from a channel until someone sends or closes it.")],
  ["chan send", info("channel", "Waits to send on a channel until someone receives or its buffer has room.")],
  ["select", info("select", "Waits in a select until one of its cases can go on.")],
  ["chan receive (nil chan)", info("channel", "Receives from a nil channel: blocks forever.", true)],
  ["chan send (nil chan)", info("channel", "Sends to a nil channel: blocks forever.", true)],
  ["select (no cases)", info("select", "An empty select blocks forever; in main it is usually meant.", true)],
  ["chan receive (synctest)", info("channel", "Waits to receive from a channel of its synctest bubble.")],
  ["chan send (synctest)", info("channel", "Waits to send on a channel of its synctest bubble.")],
  ["select (synctest)", info("select", "Waits in a select over channels of its synctest bubble.")],
  [
    "semacquire",
    info(
      "semaphore",
      "Waits for a semaphore: a Mutex or RWMutex up to Go 1.19, a WaitGroup up to Go 1.23, else one inside the runtime.",
    ),
  ],
  ["sync.Mutex.Lock", info("lock", "Waits for a Mutex (or to be the next writer of an RWMutex).")],
  ["sync.RWMutex.Lock", info("lock", "A writer that waits until the readers of an RWMutex have left.")],
  ["sync.RWMutex.RLock", info("lock", "A reader that waits behind a writer of an RWMutex.")],
  ["sync.WaitGroup.Wait", info("wait-group", "Waits until the counter of a WaitGroup is zero.")],
  ["sync.Cond.Wait", info("condition", "Waits for a Signal or Broadcast of a Cond.")],
  ["synctest.Run", info("synctest", "The root of a synctest bubble: waits for its goroutines.")],
  ["synctest.Wait", info("synctest", "Waits until all other goroutines of its bubble are durably blocked.")],
  ["IO wait", info("io", "Waits for the network, a pipe or a terminal to become ready.")],
  ["syscall", info("syscall", "In a system call or in C code.")],
  ["sleep", info("sleep", "In time.Sleep.")],
  [
    "coroutine",
    info("coroutine", "A coroutine of iter.Pull that waits to be resumed; without stop() it waits forever."),
  ],
  ["panicwait", info("system", "main has returned while another goroutine is panicking.")],
  ["runnable", info("running", "Ready to run; in a dump that stops the world also those that were just executing.")],
  ["running", info("running", "Executing, or the one that printed the dump.")],
  ["preempted", info("running", "Stopped by the scheduler in the middle of its work.")],
  ["copystack", info("running", "Its stack is being moved.")],
  ["waiting", info("unknown", "Waiting; the runtime gives no reason.")],
  ["idle", info("system", "A thread's scheduler stack.")],
  ["dead", info("system", "Has ended.")],
  ["unknown", info("unknown", "The dump does not print what it does, and the stack does not prove it.")],
  ["leaked", info("unknown", "Go's leak detector says that nothing can wake it.")],
  ["GC assist marking", info("collector", COLLECTING)],
  ["GC assist wait", info("collector", "Throttled by the garbage collector: many of these say that memory is short.")],
  ["wait for GC cycle", info("collector", "Called runtime.GC and waits for the cycle to end.")],
  ["GC weak to strong wait", info("collector", COLLECTING)],
  ["GC mark termination", info("collector", COLLECTING)],
  ["GC worker (active)", info("collector", COLLECTING)],
  ["stopping the world", info("collector", COLLECTING)],
  ["garbage collection", info("collector", COLLECTING)],
  ["garbage collection scan", info("collector", COLLECTING)],
  ["Concurrent GC wait", info("system", SYSTEM)],
  ["mark wait (idle)", info("system", SYSTEM)],
  ["flushing proc caches", info("running", "Working for the runtime on its own stack.")],
  ["trace goroutine status", info("running", "Working for the execution tracer.")],
  ["trace proc status", info("running", "Working for the execution tracer.")],
  ["page trace flush", info("running", "Working for the page tracer.")],
  ["dumping heap", info("running", "In debug.WriteHeapDump.")],
  ["debug call", info("running", "Runs a call that a debugger injected.")],
  ["trace reader (blocked)", info("system", SYSTEM)],
  ["finalizer wait", info("system", SYSTEM)],
  ["cleanup wait", info("system", SYSTEM)],
  ["force gc (idle)", info("system", SYSTEM)],
  ["GC sweep wait", info("system", SYSTEM)],
  ["GC scavenge wait", info("system", SYSTEM)],
  ["GC worker (idle)", info("system", SYSTEM)],
  ["GOMAXPROCS updater (idle)", info("system", SYSTEM)],
  ["timer goroutine (idle)", info("system", SYSTEM)],
  ["semarelease", info("semaphore", "Hands a semaphore on.")],
  ["stack growth", info("running", "Its stack is being grown.")],
  ["waiting for cgo callback", info("syscall", "Waits for C code to call back.")],
]);

const UNKNOWN: StateInfo = info("unknown", "A state this version does not know.");

/** What a printed state means; states of later Go releases are `unknown`, never an error. */
export function stateInfo(printed: string): StateInfo {
  return STATES.get(baseState(printed)) ?? UNKNOWN;
}

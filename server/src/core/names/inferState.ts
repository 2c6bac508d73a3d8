import type { Frame } from "../model/stack.ts";
import { baseState, UNKNOWN_STATE } from "../model/state.ts";

export { UNKNOWN_STATE };

/**
 * Functions of the runtime and the standard library in which a goroutine is parked for one reason only, and the wait reason
 * that Go prints for it (`runtime/runtime2.go`, `waitReasonStrings`).
 */
const PROOFS: readonly (readonly [function: RegExp, state: string])[] = [
  [/^runtime\.chanrecv[12]?$/, "chan receive"],
  [/^runtime\.chansend1?$/, "chan send"],
  [/^runtime\.selectgo$/, "select"],
  [/^reflect\.chanrecv$/, "chan receive"],
  [/^reflect\.chansend0?$/, "chan send"],
  [/^reflect\.rselect$/, "select"],
  [/^runtime\.block$/, "select (no cases)"],
  [/^time\.Sleep$|^runtime\.timeSleep$/, "sleep"],
  [/^(?:internal\/poll|net)\.runtime_pollWait$|^runtime\.netpollblock$/, "IO wait"],
  [/^internal\/poll\.runtime_Semacquire$/, "semacquire"],
  [/^sync\.runtime_SemacquireRWMutexR$/, "sync.RWMutex.RLock"],
  [/^sync\.runtime_SemacquireRWMutex$/, "sync.RWMutex.Lock"],
  [/^sync\.runtime_SemacquireWaitGroup$/, "sync.WaitGroup.Wait"],
  [/^sync\.runtime_notifyListWait$/, "sync.Cond.Wait"],
  [/^runtime\.coro(?:switch|switch_m|start)$/, "coroutine"],
  [/^runtime\.(?:asyncPreempt2?|Gosched|goyield|goschedIfBusy|goschedguarded|semrelease1)$/, "runnable"],
  [/^runtime\.gcAssistAlloc/, "GC assist marking"],
  [/^runtime\.gcParkAssist$/, "GC assist wait"],
  [/^runtime\.(?:cgocall|notetsleepg|entersyscall\w*)$|\._Cfunc_|^os\/signal\.signal_recv$/, "syscall"],
  [/^(?:internal\/runtime\/|runtime\/internal\/)?syscall\.(?:Raw)?[Ss]yscall/, "syscall"],
  [/^runtime\/pprof\.(?:runtime_|pprof_)?(?:goroutineProfile|writeRuntimeProfile|runtime_goroutine)/, "running"],
  [/^runtime\.(?:pprof_)?goroutine(?:Leak)?Profile/, "running"],
];

/** A semaphore is of what called for it. */
const SEMAPHORE = /^(?:internal\/)?sync\.runtime_Semacquire(?:Mutex)?$/;
const SEMAPHORE_OWNERS: readonly (readonly [function: RegExp, state: string])[] = [
  [/^sync\.\(\*RWMutex\)\.RLock/, "sync.RWMutex.RLock"],
  [/^sync\.\(\*RWMutex\)\.(?:Lock|rwLock)/, "sync.RWMutex.Lock"],
  [/^sync\.\(\*WaitGroup\)\.Wait$/, "sync.WaitGroup.Wait"],
  [/^(?:internal\/)?sync\.\(\*Mutex\)\./, "sync.Mutex.Lock"],
];

/**
 * The state that a stack proves, innermost function first: profiles print none. `hasRuntime`: the runtime's own frames
 * are there, as in a protobuf profile (the text form hides them). Anything but a proof is {@link UNKNOWN_STATE}.
 */
export function inferState(functions: readonly string[], hasRuntime: boolean): string {
  for (const [index, name] of functions.entries()) {
    if (SEMAPHORE.test(name)) return find(SEMAPHORE_OWNERS, functions[index + 1] ?? "") ?? "semacquire";
    const state = find(PROOFS, name);
    if (state !== undefined) return state;
    if (!/^(?:internal\/)?runtime\./.test(name)) break;
  }
  return hasRuntime && isUnparked(functions[0]) ? "runnable" : UNKNOWN_STATE;
}

/**
 * A printed state as dumps of every form and release of Go tell it: without its suffixes, and where older releases print
 * `semacquire` for several waits, the one that the stack shows.
 */
export function settledState(printed: string, frames: readonly Pick<Frame, "function">[]): string {
  const state = baseState(printed);
  if (state !== "semacquire") return state;
  const shown = inferState(
    frames.map((frame) => frame.function),
    false,
  );
  return shown === UNKNOWN_STATE ? state : shown;
}

/** Whether a goroutine stands outside the scheduler: its innermost frame is of no function that parks. */
function isUnparked(innermost: string | undefined): boolean {
  return innermost !== undefined && !/^(?:runtime\.|\d|0x)/.test(innermost);
}

function find(table: readonly (readonly [RegExp, string])[], name: string): string | undefined {
  return table.find(([pattern]) => pattern.test(name))?.[1];
}

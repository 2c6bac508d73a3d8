import type { Traits } from "../analysis/traits.ts";
import { baseState, stateInfo, type WaitKind } from "../model/state.ts";
import type { Frame } from "../model/stack.ts";

/** What a goroutine asks of a lock. `once`: it waits in `sync.Once.Do` until the first caller is done. */
export type LockOperation = "mutex" | "read" | "write" | "once";

/** A wait for a lock, as a stack and a state show it. */
export interface LockWait {
  readonly operation: LockOperation;
  /** Index of the first frame outside the sync packages: where the lock is asked for. */
  readonly site: number;
  /** A writer that has its turn and waits until the readers have left: somebody holds the read lock. */
  readonly forReaders: boolean;
}

/** `internal/sync` since Go 1.24. The innermost of these frames take the lock; outer ones (Once, Cond, Map) use it. */
const SYNC_FRAME = /^(?:internal\/)?sync\./;
const RUNTIME_FRAME = /^(?:internal\/)?runtime[./]/;
const MUTEX = /^(?:internal\/)?sync\.\(\*Mutex\)\.(?:Lock|lockSlow)$/;
const WRITE = /^sync\.\(\*RWMutex\)\.Lock$/;
const READ = /^sync\.\(\*RWMutex\)\.(?:RLock|rlock)|^sync\.\(\*rlocker\)\.Lock$/;
const ONCE = /^sync\.\(\*Once\)\.(?:Do|doSlow)$/;

/** The states that say by themselves which lock is waited for (Go 1.20+). */
const STATE_OPERATIONS: ReadonlyMap<string, LockOperation> = new Map<string, LockOperation>([
  ["sync.Mutex.Lock", "mutex"],
  ["sync.RWMutex.Lock", "write"],
  ["sync.RWMutex.RLock", "read"],
]);

/**
 * The lock wait of a goroutine, or undefined when it waits for something else or runs: a runnable goroutine inside
 * `lockSlow` has been woken and is about to get the lock.
 */
export function lockWaitOf(frames: readonly Frame[], state: string): LockWait | undefined {
  if (stateInfo(state).kind === "running") return undefined;
  let leaf = 0;
  while (leaf < frames.length && RUNTIME_FRAME.test(frames[leaf]!.function)) leaf++;
  let site = leaf;
  while (site < frames.length && SYNC_FRAME.test(frames[site]!.function)) site++;
  const operation = operationOf(frames.slice(leaf, site)) ?? STATE_OPERATIONS.get(baseState(state));
  if (operation === undefined) return undefined;
  const forReaders = operation === "write" && !frames.slice(leaf, site).some((frame) => MUTEX.test(frame.function));
  return { operation, site, forReaders: forReaders && site > leaf };
}

/** What a state says; `semacquire` stands for several waits until Go 1.23: there the frames tell. */
export function waitKindOf(state: string, { stack, families }: Pick<Traits, "stack" | "families">): WaitKind {
  const { kind } = stateInfo(state);
  if (kind !== "semaphore") return kind;
  if (lockWaitOf(stack.frames, state) !== undefined) return "lock";
  if (families.has("sync.(*WaitGroup).Wait")) return "wait-group";
  return families.has("sync.(*Cond).Wait") ? "condition" : kind;
}

/** Whether a frame is `sync.Once.Do` at work: what runs inside of it holds the Once. */
export function isOnceFrame(frame: Pick<Frame, "function">): boolean {
  return ONCE.test(frame.function);
}

function operationOf(frames: readonly Frame[]): LockOperation | undefined {
  let operation: LockOperation | undefined;
  for (const { function: name } of frames) {
    if (MUTEX.test(name)) operation ??= "mutex";
    else if (WRITE.test(name)) operation = "write";
    else if (READ.test(name)) operation = "read";
    else if (ONCE.test(name) && operation === "mutex") operation = "once";
  }
  return operation;
}

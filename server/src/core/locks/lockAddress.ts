import type { Call } from "../analysis/arguments.ts";
import { type PointerArgument, receiverOf } from "./pointers.ts";
import type { LockWait } from "./lockWait.ts";

const OWN_METHOD = /^(?:internal\/)?sync\.\(\*(?:Mutex|RWMutex)\)\./;
const ONCE_METHOD = /^sync\.\(\*Once\)\./;
const SEMACQUIRE = /^(?:internal\/)?sync\.runtime_Semacquire/;

/**
 * The address of the lock a goroutine waits for. The receiver of the sync frames is the lock itself (an RWMutex begins
 * with its Mutex, so both have one address). Inlined calls print none; then the semaphore's address tells, as long as it
 * is sure: it lies within the lock (`sync/mutex.go`, `sync/rwmutex.go`; since Go 1.18 it is mostly printed with `?`).
 */
export function lockAddressOf(frames: readonly Call[], wait: LockWait): PointerArgument | undefined {
  const own = wait.operation === "once" ? ONCE_METHOD : OWN_METHOD;
  let guess: PointerArgument | undefined;
  for (const frame of frames.slice(0, wait.site)) {
    const receiver = own.test(frame.function) ? receiverOf(frame) : undefined;
    if (receiver?.isSure === true) return receiver;
    guess ??= receiver;
  }
  return semaphoreOwner(frames, wait) ?? guess;
}

function semaphoreOwner(frames: readonly Call[], wait: LockWait): PointerArgument | undefined {
  const frame = frames.slice(0, wait.site).find(({ function: name }) => SEMACQUIRE.test(name));
  const semaphore = frame === undefined ? undefined : receiverOf(frame);
  if (semaphore === undefined || !semaphore.isSure || wait.operation === "once") return undefined;
  return { address: semaphore.address - semaphoreOffset(wait), isSure: true };
}

/** Mutex{state, sema}; RWMutex{w Mutex, writerSem, readerSem, ...}: four bytes each. */
function semaphoreOffset({ operation, forReaders }: LockWait): bigint {
  if (operation === "read") return 12n;
  return forReaders ? 8n : 4n;
}

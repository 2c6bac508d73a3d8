import type { PointerArgument } from "../analysis/arguments.ts";
import type { Frame } from "../model/stack.ts";
import type { LockWait } from "./lockWait.ts";

const OWN_METHOD = /^(?:internal\/)?sync\.\(\*(?:Mutex|RWMutex)\)\./;
const ONCE_METHOD = /^sync\.\(\*Once\)\./;
const SEMACQUIRE = /^(?:internal\/)?sync\.runtime_Semacquire/;

/** The receiver of a call of one goroutine, by the frame's index; null when it is not known. */
type ReceiverAt = (frame: number) => PointerArgument | null;

/**
 * The address of the lock a goroutine waits for. The receiver of the sync frames is the lock itself (an RWMutex begins
 * with its Mutex, so both have one address). Inlined calls print none; then the semaphore's address tells, as long as it
 * is sure: it lies within the lock (`sync/mutex.go`, `sync/rwmutex.go`; since Go 1.18 it is mostly printed with `?`).
 */
export function lockAddressOf(
  frames: readonly Frame[],
  wait: LockWait,
  receiverAt: ReceiverAt,
): PointerArgument | undefined {
  const own = wait.operation === "once" ? ONCE_METHOD : OWN_METHOD;
  let guess: PointerArgument | undefined;
  for (const [index, frame] of frames.slice(0, wait.site).entries()) {
    const receiver = own.test(frame.function) ? receiverAt(index) : null;
    if (receiver?.isSure === true) return receiver;
    guess ??= receiver ?? undefined;
  }
  return semaphoreOwner(frames, wait, receiverAt) ?? guess;
}

function semaphoreOwner(frames: readonly Frame[], wait: LockWait, receiverAt: ReceiverAt): PointerArgument | undefined {
  const frame = frames.slice(0, wait.site).findIndex(({ function: name }) => SEMACQUIRE.test(name));
  const semaphore = receiverAt(frame);
  if (semaphore === null || !semaphore.isSure || wait.operation === "once") return undefined;
  return { address: semaphore.address - semaphoreOffset(wait), isSure: true };
}

/** Mutex{state, sema}; RWMutex{w Mutex, writerSem, readerSem, ...}: four bytes each. */
function semaphoreOffset({ operation, forReaders }: LockWait): bigint {
  if (operation === "read") return 12n;
  return forReaders ? 8n : 4n;
}

import type { Candidate, SelfWait } from "./lock.ts";

/** Who may hold a lock. */
export interface Suspicion {
  /** Not waiting for this lock themselves; most convincing first. */
  readonly candidates: readonly Candidate[];
  /** Waiters whose own outer frames may have taken the lock. */
  readonly self: readonly SelfWait[];
  /** Rows of those in the guarded code who run, sleep, do I/O or have just been woken: the lock will be released. */
  readonly moving: ReadonlySet<number>;
  /** Row of the one that stands behind a call which led waiters to the lock: that call may have taken it for its caller. */
  readonly pastCall: number | undefined;
}

/** Whether somebody moves in the guarded code, apart from that row. */
export function isMoving({ moving }: Suspicion, except = -1): boolean {
  return moving.size > (moving.has(except) ? 1 : 0);
}

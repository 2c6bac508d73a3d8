/** A place of the program where a lock was taken or asked for, as a report of go-deadlock tells it. */
export interface DeadlockPlace {
  /** `held`: a lock was taken there; `wanted`: one was asked for; `other`: who else held a lock meanwhile. */
  readonly role: "held" | "wanted" | "other";
  /** Id of the goroutine; null where none is printed: both sides of an order. */
  readonly goroutine: number | null;
  /** Address of the lock, e.g. `0xc0000a8000`; null likewise. */
  readonly lock: string | null;
  /** Line of the text, 0-based: the one above the stack. */
  readonly line: number;
  /** Number of the stack, for `stackOf`. The line of each frame is the printed one, which may be one too low. */
  readonly stack: number;
  /** The source at the innermost place, e.g. `c.mu.Lock()`; null when go-deadlock could not read it. */
  readonly code: string | null;
  /** Row of the goroutine, where this is the place it stands in for the dump; null: it has none, or another place. */
  readonly row: number | null;
}

/** One `POTENTIAL DEADLOCK:` report of github.com/sasha-s/go-deadlock. */
export interface DeadlockReport {
  /** `order`: two locks are taken in both orders; `recursion`: one twice by one goroutine; `wait`: one waits very long. */
  readonly kind: "order" | "recursion" | "wait";
  readonly line: number;
  /** Line behind the report. */
  readonly endLine: number;
  /** In the order of the text: of an order held, wanted, and once more held, wanted. */
  readonly places: readonly DeadlockPlace[];
  /** How long the wait had lasted at least, as Go prints a duration: `30s`; null in other kinds. */
  readonly waited: string | null;
}

import type { FrameFacts } from "../names/frameFacts.ts";
import type { Group } from "../group/groups.ts";
import type { LockWait } from "./lockWait.ts";

/** `rw`: an RWMutex; `once`: the lock inside a sync.Once. */
export type LockKind = "mutex" | "rw" | "once";

/** Goroutines of one group that wait for one lock. */
export interface Waiters {
  readonly group: Group;
  readonly wait: LockWait;
  /** The frame that asks for the lock. Null for a goroutine that is nothing but the lock call (`go mu.Lock()`). */
  readonly site: FrameFacts | null;
  /** In the order of the text. */
  readonly rows: number[];
  /** Sum of the weights. */
  count: number;
}

/** A lock somebody waits for. */
export interface Lock {
  readonly id: number;
  readonly kind: LockKind;
  /** Null when no waiter's arguments tell it. */
  readonly address: bigint | null;
  /** Address of the value that has the lock, as waiters' arguments tell it: the lock lies in or just behind it. */
  object: bigint | null;
  /**
   * Whether some waiter was given the lock itself, not a value whose method asks for it: then it lies in no value that is
   * known, and whoever made it or was given it may hold it.
   */
  isBare: boolean;
  readonly waiters: Waiters[];
}

/** Who holds a lock, most convincing first. */
export type HolderEvidence =
  /** The source shows that it has taken just this lock, and still has it. */
  | "taken"
  /** It is past the place where the others wait, in the same function on the same value. */
  | "past-the-lock"
  /** It runs another method of the same value. */
  | "same-value"
  /** It was given the value and waits for another lock. */
  | "has-value"
  /** Addresses are not known: it runs a method of the same type. */
  | "same-type"
  /** The lock is no part of a value: it is the only other one in the code of the package. */
  | "same-package"
  /** It is a loop of the same value or type that waits for something to do, so it may well hold nothing. */
  | "idle-loop";

/** Evidence that tells the very lock, or the value that has it; a name alone does not. */
export const SURE_OF_LOCK: ReadonlySet<HolderEvidence> = new Set(["taken", "past-the-lock", "same-value"]);

/** Somebody who may hold a lock. */
export interface Candidate {
  readonly row: number;
  readonly group: Group;
  /** The frame that runs the guarded code. */
  readonly frame: FrameFacts;
  readonly evidence: HolderEvidence;
  /** How many goroutines look like this one: 1, or a row's weight. */
  readonly count: number;
}

/** How a lock is asked for when nobody else can hold it: by a goroutine whose own outer frame took it. */
export interface SelfWait {
  readonly waiters: Waiters;
  readonly rows: readonly number[];
  readonly count: number;
  /** The outer frame, which is not known to be on another value. */
  readonly outer: FrameFacts;
  /** Whether the outer frame's receiver is known to be the value that has the lock. */
  readonly isSameValue: boolean;
  /**
   * Whether the way from the outer frame to the lock leads through other code, e.g. a callback: a method that calls another
   * one of its value knows what it does.
   */
  readonly isReentered: boolean;
  /** Whether the outer frame is the function the goroutine was started with: a loop hardly holds a lock. */
  readonly isLoop: boolean;
  /** Whether the outer call is past the place where its function asks for the lock for itself alone. */
  readonly isPast: boolean;
}

/**
 * Whether a writer holds an RWMutex: another one waits for the Mutex within, which the first one has, and nobody waits for
 * readers to leave. So no reader is to blame.
 */
export function isWriteLocked({ kind, waiters }: Lock): boolean {
  const writers = waiters.filter(({ wait }) => wait.operation === "write");
  return kind === "rw" && writers.length > 0 && writers.every(({ wait }) => !wait.forReaders);
}

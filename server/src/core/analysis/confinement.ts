/**
 * Whose call made a value, as seen from a goroutine: its own, one of the goroutine that started it, or one that is not
 * known.
 */
export type Origin = "own" | "creator" | "any";

/**
 * The object that alone has a value: the receiver of a call, or what the receiver has in a field. Of two objects of one
 * kind each has another value.
 */
export interface Owner {
  /** Number of the call in its stack, 0 for the innermost. */
  readonly frame: number;
  /** Which type and field: objects of different kinds cannot be compared. */
  readonly kind: number;
  /** The field of the receiver that leads to the object, see {@link Pair}; undefined: it is the receiver itself. */
  readonly field: number | undefined;
}

/** Two calls of a stack that show an object and what it has in a field: no other object ever has that there. */
export interface Pair {
  readonly field: number;
  /** Number of the call whose receiver has the field. */
  readonly outer: number;
  /** Number of the call whose receiver is what the field has. */
  readonly inner: number;
  /**
   * Whether the call with what the field has still needs that: else it may be gone, and another one be at its address. Of
   * what the goroutine itself waits for it makes no difference.
   */
  readonly isLasting: boolean;
  /** Whether that is so, and the field of the object has had nothing else and never will. */
  readonly isFixed: boolean;
}

/**
 * How many of the values it may be about. Of a wait, `one`: each goroutine with that stack waits for a value of its own. Of
 * what a goroutine may still do, `one`: it is one value, and when another follows, that does not exist yet; `awaited`: that
 * one is what it waits for itself.
 */
export type Values = "many" | "one" | "awaited";

/** One thing that ends a wait: something is done to a value. Equal numbers are equal things. */
export interface Need {
  readonly what: number;
  /** Whose call made the value. */
  readonly origin: Origin;
  /** Undefined: several objects may have the value, or none. */
  readonly owner: Owner | undefined;
  readonly values: Values;
  /** Of a wait: whether a signal to the program ends it. */
  readonly isBySignal?: boolean;
  /** Whether it, or the signal, only lets those who wait give up, as a cancel and a close do. */
  readonly isGivenUp?: boolean;
}

/** A lock or slot that a call has taken and not given back, as the source tells. */
export interface Hold {
  /** As of the {@link Need} of those who wait for it. */
  readonly what: number;
  /** Number of the call in its stack, 0 for the innermost. */
  readonly frame: number;
  /** Line of the call's source at which it was taken, 1-based. */
  readonly line: number;
  /** Whether there is but one such lock in the program, and it has not been given back for sure. */
  readonly isProven: boolean;
}

/** In place of the types of which a call may have values: any. */
export const ANY_TYPE = "*";

/** Types of other packages, such as `database/sql.Rows`; {@link ANY_TYPE} stands for all. */
export interface ForeignTypes {
  /** Those of which the calls of a stack may have values. */
  readonly ofCalls: ReadonlySet<string>;
  /** Those of which the program may keep values where no call has them: in a struct, for a function that is called later. */
  readonly kept: ReadonlySet<string>;
}

/** What the source says of the goroutines with one stack. */
export interface StackConfinement {
  /**
   * What ends their wait: all of it made by the program and never given away. Undefined: something else may end it, or
   * they do not wait.
   */
  readonly waits: readonly Need[] | undefined;
  /** Whether a call of their own does what would end their wait, but only behind it. */
  readonly isForItself: boolean;
  /**
   * Whether one of the cases of their select is a way out, as far as the source tells: time, a context that somebody can
   * cancel, a channel that is closed somewhere.
   */
  readonly hasWayOut: boolean;
  /** Whether code that may be called at any time, such as a handler's, has a way to what they wait for, and ends the wait. */
  readonly isOpen: boolean;
  /** Whether they wait to hand something over, for a lock or for a slot, be it in one of the cases of a select. */
  readonly handsOver: boolean;
  /** Whether they wait for what only code outside of the program has made: for a ticker, say. */
  readonly isForeign: boolean;
  /** What they may still do for others, if they go on; of single values each by itself. */
  readonly serves: readonly Need[];
  /** Objects that their calls have, and what these have in fields. */
  readonly pairs: readonly Pair[];
  /** What they have taken that others wait for. */
  readonly holds: readonly Hold[];
  /** Undefined: none of their calls is of the program. */
  readonly foreign: ForeignTypes | undefined;
}

/** A call as it stands in the text. */
export interface Call {
  readonly function: string;
  /** The text between the parentheses; `...` for an inlined call; null where none are printed. */
  readonly args: string | null;
}

/** A pointer among a call's arguments. */
export interface PointerArgument {
  readonly address: bigint;
  /** Printed without `?`: the value is live, not a stale guess (Go 1.18+). */
  readonly isSure: boolean;
}

/** Addresses that are looked for. */
export interface Sought {
  /** Whether one of them may have these low 32 bits. */
  mayBe(low: number): boolean;
}

/**
 * Arguments of calls, read again. A dump keeps none (see `Dump`), but lock addresses and receivers are what proves who
 * holds a lock. The host asks `planSteps` for the rows and reads their blocks before it runs the rules.
 */
export interface ArgumentSource {
  /** The planned rows, in the order of the text. */
  readonly rows: Uint32Array;
  /** The calls of a row as they stand in the text, innermost first; undefined when they could not be read. */
  calls(row: number): readonly Call[] | undefined;
  /**
   * The first argument of a row's call, by the frame's index, when it is printed and may be an address. Of a generic type's
   * method newer Go prints the dictionary of its type arguments in that place, or what a register happens to hold: that is
   * a guess at most.
   */
  receiver(row: number, frame: number): PointerArgument | undefined;
  /** The sure addresses among the arguments of a row's call, in their order, parts of strings and slices included. */
  sureAt(row: number, frame: number): readonly bigint[];
  /** Hands over the sure addresses among a row's arguments that may be sought, with the indexes of their frames. */
  find(row: number, sought: Sought, take: (address: bigint, frame: number) => void): void;
}

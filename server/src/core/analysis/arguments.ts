/** A call as it stands in the text. */
export interface Call {
  readonly function: string;
  /** The text between the parentheses; `...` for an inlined call; null where none are printed. */
  readonly args: string | null;
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
}

/** A call as it stands in the text. */
export interface Call {
  readonly function: string;
  /** The text between the parentheses; `...` for an inlined call; null where none are printed. */
  readonly args: string | null;
}

/**
 * Reads arguments of calls again. A dump keeps none (see `Dump`), but lock addresses and receivers are what proves who
 * holds a lock. The rules ask once for each row of `planArguments` and for no other. A host that has the text at hand
 * answers from it; one that has not reads the bytes of the planned rows first and answers with `readArguments`.
 */
export interface ArgumentSource {
  /** The calls of a row as they stand in the text, innermost first; undefined when they were not read. */
  calls(row: number): readonly Call[] | undefined;
}

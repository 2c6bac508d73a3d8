import type { BlockFrame } from "../traceback/block.ts";

/**
 * Reads arguments of calls again. A dump keeps none (see `Dump`), but lock addresses and receivers are what proves who
 * holds a lock. The host reads the blocks of the rows that `planArguments` asks for before it runs the rules, so the
 * answer is at hand at once.
 */
export interface ArgumentSource {
  /** The frames of a row as they stand in the text, innermost first; undefined when they were not read. */
  frames(row: number): readonly BlockFrame[] | undefined;
}

import type { BlockFrame } from "../traceback/block.ts";

/**
 * Reads arguments of calls again. A dump keeps none (see `Dump`), but lock addresses and receivers are what proves who
 * holds a lock. The rules ask once for each row of `planArguments` and for no other. A host that has the text at hand
 * answers from it; one that has not reads the planned rows first and answers with `readArguments`.
 */
export interface ArgumentSource {
  /** The frames of a row as they stand in the text, innermost first; undefined when they were not read. */
  frames(row: number): readonly BlockFrame[] | undefined;
}

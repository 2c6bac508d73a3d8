import type { TracebackReader } from "../forms/traceback/tracebackReader.ts";
import type { ByteLine } from "../text/byteLine.ts";
import type { ByteUnwrapper } from "../unwrap/byteUnwrapper.ts";
import { beginsAsItStands } from "../unwrap/normalise.ts";

/** One text within another. */
export interface BulkStep {
  /** The layers of texts that are offered each line before: it must be none of theirs. */
  readonly others: readonly ByteUnwrapper[];
  /** The layer of the text itself; null: the lines stand in the text as they are. */
  readonly own: ByteUnwrapper | null;
}

/** How lines in bytes come to the reader of a traceback: the texts they are taken out of, the outermost first. */
export interface BulkPath {
  readonly steps: readonly BulkStep[];
  readonly traceback: TracebackReader;
}

/** Makes a line what the path's reader would be given of it; false: it is none of its lines, or that is not sure. */
export function unwrapAlong(steps: readonly BulkStep[], line: ByteLine): boolean {
  for (const { others, own } of steps) {
    if (!beginsAsItStands(line)) return false;
    for (const other of others) if (other.unwrap(line) !== "none") return false;
    if (own !== null && own.unwrap(line) !== "taken") return false;
  }
  return true;
}

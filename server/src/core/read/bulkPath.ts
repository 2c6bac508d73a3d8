import type { TracebackReader } from "../forms/traceback/tracebackReader.ts";
import type { ByteLine } from "../text/byteLine.ts";
import type { ByteLines } from "../text/byteLines.ts";
import { findLineFeed, viewOf } from "../text/bytes.ts";
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

/** The lines of a chunk of a text without the layers they are wrapped in. Places are offsets in the chunk. */
export class UnwrappedChunk implements ByteLines {
  readonly #steps: readonly BulkStep[];
  readonly #chunk: Uint8Array;
  readonly #view: DataView;
  readonly #shift: number;

  /** `shift` is added to an offset in the chunk to get that in the text. */
  constructor(steps: readonly BulkStep[], chunk: Uint8Array, shift: number) {
    this.#steps = steps;
    this.#chunk = chunk;
    this.#view = viewOf(chunk);
    this.#shift = shift;
  }

  next(line: ByteLine, place: number): number {
    const end = findLineFeed(this.#view, place, this.#chunk.length);
    if (end < 0) return -1;
    line.set(this.#chunk, this.#view, place, end, place + this.#shift);
    return unwrapAlong(this.#steps, line) ? end + 1 : -1;
  }

  isAtEnd(place: number): boolean {
    return findLineFeed(this.#view, place, this.#chunk.length) < 0;
  }
}

/** Makes a line what the path's reader would be given of it; false: it is none of its lines, or that is not sure. */
function unwrapAlong(steps: readonly BulkStep[], line: ByteLine): boolean {
  for (const { others, own } of steps) {
    if (!beginsAsItStands(line)) return false;
    for (const other of others) if (other.unwrap(line) !== "none") return false;
    if (own !== null && own.unwrap(line) !== "taken") return false;
  }
  return true;
}

import type { BulkProgress } from "../forms/traceback/bulkReader.ts";
import { GOROUTINE } from "../forms/traceback/bulkBytes.ts";
import type { TextPlace } from "../text/place.ts";
import { startsWith } from "../text/ascii.ts";
import { lastBlankLine } from "../text/blockSplitter.ts";
import { ByteLine } from "../text/byteLine.ts";
import { findLineFeed, viewOf } from "../text/bytes.ts";
import type { Line } from "../text/line.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { type BulkPath, UnwrappedChunk } from "./bulkPath.ts";
import type { TextStream } from "./textStream.ts";
import { readUnwrapped } from "./unwrappedGoroutines.ts";

const LF = 0x0a;

/**
 * Reads goroutines of a text in bulk, ahead of its lines: where they stand as Go prints them, and where they are wrapped
 * in something that can be taken off bytes, or have the line ends of Windows. What it takes is what the lines would have
 * given (`BulkReader`).
 */
export class GoroutineBlocks {
  readonly #stream: TextStream;
  readonly #line = new ByteLine();
  #view = viewOf(new Uint8Array(0));
  /** Offset behind the last blank line of the chunk. */
  #plainEnd = 0;

  constructor(stream: TextStream) {
    this.#stream = stream;
  }

  /** A chunk begins. */
  begin(chunk: Uint8Array): void {
    this.#plainEnd = lastBlankLine(chunk);
    this.#view = viewOf(chunk);
  }

  /** Takes goroutines from the line on that begins at `start`, which stands at `place`, as far as it can. */
  read(chunk: Uint8Array, start: number, place: TextPlace): BulkProgress {
    if (!this.#stream.awaitsGoroutine) return { end: start, lines: 0 };
    const plain = this.#readPlain(chunk, start, place);
    const progress = plain.lines > 0 ? plain : this.#readWrapped(chunk, start, place);
    if (progress.lines > 0) this.#stream.passBulk(lastLine(chunk, start, place, progress));
    return progress;
  }

  #readPlain(chunk: Uint8Array, start: number, { line, offset }: TextPlace): BulkProgress {
    const none = { end: start, lines: 0 };
    if (start >= this.#plainEnd || !startsWith(chunk, start, GOROUTINE)) return none;
    if (this.#stream.bulkBuilder === null) return none;
    const { traceback } = this.#stream;
    const progress = traceback.bulkReader?.read(chunk, start, this.#plainEnd, line, offset) ?? none;
    const { lines, end } = progress;
    if (lines > 0) traceback.endBulk(behindBlankLine({ line: line + lines, offset: offset + end - start }));
    return progress;
  }

  #readWrapped(chunk: Uint8Array, start: number, { line, offset }: TextPlace): BulkProgress {
    const path = this.#pathOf(chunk, start, offset);
    if (path === null) return { end: start, lines: 0 };
    return readUnwrapped(path.traceback, new UnwrappedChunk(path.steps, chunk, offset - start), start, line, 1);
  }

  /** How the line at `start` and those behind it come to a traceback; null: no goroutine begins there, or a plain one. */
  #pathOf(chunk: Uint8Array, start: number, offset: number): BulkPath | null {
    const lineEnd = findLineFeed(this.#view, start, chunk.length);
    if (lineEnd < 0) return null;
    const line = this.#line;
    line.set(chunk, this.#view, start, lineEnd, offset);
    const isWindows = line.end < lineEnd;
    const path = this.#stream.bulkPath(line);
    if (path === null || (path.steps.length === 0 && !isWindows)) return null;
    return line.end - line.start >= GOROUTINE.length && startsWith(line.bytes, line.start, GOROUTINE) ? path : null;
  }
}

/** The last line of what was taken from `start` on: an empty one, behind what it is wrapped in. */
function lastLine(chunk: Uint8Array, start: number, place: TextPlace, { end, lines }: BulkProgress): Line {
  const at = chunk.lastIndexOf(LF, end - 2) + 1;
  const text = decodeUtf8(chunk, at, end - 1).replace(/\r$/, "");
  return { text, number: place.line + lines - 1, offset: place.offset + at - start, runs: null };
}

/** Where a dump ends whose last line is the empty one before that place: before that line's end. */
export function behindBlankLine({ line, offset }: TextPlace): TextPlace {
  return { line, offset: offset - 1 };
}

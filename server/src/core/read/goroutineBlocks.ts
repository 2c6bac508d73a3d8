import type { BulkProgress } from "../forms/traceback/bulkReader.ts";
import { GOROUTINE } from "../forms/traceback/bulkBytes.ts";
import type { TracebackReader } from "../forms/traceback/tracebackReader.ts";
import type { Place } from "../text/place.ts";
import { startsWith } from "../text/ascii.ts";
import { lastBlankLine } from "../text/blockSplitter.ts";
import { ByteLine } from "../text/byteLine.ts";
import { findLineFeed, viewOf } from "../text/bytes.ts";
import type { Line } from "../text/line.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { BulkPath } from "./bulkPath.ts";
import type { TextStream } from "./textStream.ts";
import { UnwrappedLines } from "./unwrappedLines.ts";

const LF = 0x0a;
/** Bytes that are unwrapped at a time: few until goroutines were read from them, then twice as many each time. */
const FIRST_BYTES = 1 << 13;
const MOST_BYTES = 1 << 18;

/**
 * Reads goroutines of a text in bulk, ahead of its lines: where they stand as Go prints them, and where they are wrapped
 * in something that can be taken off bytes, or have the line ends of Windows. What it takes is what the lines would have
 * given (`BulkReader`).
 */
export class GoroutineBlocks {
  readonly #stream: TextStream;
  readonly #line = new ByteLine();
  readonly #lines = new UnwrappedLines();
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
  read(chunk: Uint8Array, start: number, place: Place): BulkProgress {
    if (!this.#stream.awaitsGoroutine) return { end: start, lines: 0 };
    const plain = this.#readPlain(chunk, start, place);
    const progress = plain.lines > 0 ? plain : this.#readWrapped(chunk, start, place);
    if (progress.lines > 0) this.#stream.passBulk(lastLine(chunk, start, place, progress));
    return progress;
  }

  #readPlain(chunk: Uint8Array, start: number, { line, offset }: Place): BulkProgress {
    const none = { end: start, lines: 0 };
    if (start >= this.#plainEnd || !startsWith(chunk, start, GOROUTINE)) return none;
    if (this.#stream.bulkBuilder === null) return none;
    const { traceback } = this.#stream;
    const progress = traceback.bulkReader?.read(chunk, start, this.#plainEnd, line, offset) ?? none;
    const { lines, end } = progress;
    if (lines > 0) traceback.endBulk(behindBlankLine({ line: line + lines, offset: offset + end - start }));
    return progress;
  }

  #readWrapped(chunk: Uint8Array, start: number, { line, offset }: Place): BulkProgress {
    let progress = { end: start, lines: 0 };
    const path = this.#pathOf(chunk, start, offset);
    if (path === null) return progress;
    for (let size = FIRST_BYTES; ; size = Math.min(size * 2, MOST_BYTES)) {
      this.#lines.begin(path.steps, chunk, progress.end, offset + progress.end - start);
      const { lines, isAll } = this.#readLines(path.traceback, line + progress.lines, progress.end, size);
      progress = { end: this.#lines.endOf(lines), lines: progress.lines + lines };
      if (!isAll) return progress;
    }
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

  /**
   * Reads the goroutines in the next `size` bytes from `start` on, in more where they hold none that is whole. Gives the
   * number of their lines, and whether there was nothing else.
   */
  #readLines(
    traceback: TracebackReader,
    line: number,
    start: number,
    size: number,
  ): { readonly lines: number; readonly isAll: boolean } {
    let goesOn = true;
    for (let wanted = size; goesOn && this.#lines.blankEnd === 0; wanted *= 2) {
      goesOn = this.#lines.extend(start + wanted);
    }
    const { bytes, offsets, blankEnd: limit } = this.#lines;
    const progress = limit === 0 ? undefined : traceback.bulkReader?.readLines(bytes, limit, line, offsets);
    if (progress === undefined || progress.lines === 0) return { lines: 0, isAll: false };
    const { lines, end } = progress;
    traceback.endBulk({ line: line + lines, offset: offsets[lines - 1]! });
    return { lines, isAll: goesOn && end === limit };
  }
}

/** The last line of what was taken from `start` on: an empty one, behind what it is wrapped in. */
function lastLine(chunk: Uint8Array, start: number, place: Place, { end, lines }: BulkProgress): Line {
  const at = chunk.lastIndexOf(LF, end - 2) + 1;
  const text = decodeUtf8(chunk, at, end - 1).replace(/\r$/, "");
  return { text, number: place.line + lines - 1, offset: place.offset + at - start, runs: null };
}

/** Where a dump ends whose last line is the empty one before that place: before that line's end. */
export function behindBlankLine({ line, offset }: Place): Place {
  return { line, offset: offset - 1 };
}

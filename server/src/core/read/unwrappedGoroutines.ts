import type { BulkProgress } from "../forms/traceback/bulkReader.ts";
import type { TracebackReader } from "../forms/traceback/tracebackReader.ts";
import type { ByteLines } from "../text/byteLines.ts";
import { UnwrappedLines } from "./unwrappedLines.ts";

/** Bytes that are unwrapped at a time: few until goroutines were read from them, then twice as many each time. */
const FIRST_BYTES = 1 << 13;
const MOST_BYTES = 1 << 18;

/**
 * Reads goroutines in bulk from the line at `place` of the source on, as far as it can: the first has that number, and so
 * have all with `step` 0. The end is a place of the source.
 */
export function readUnwrapped(
  traceback: TracebackReader,
  source: ByteLines,
  place: number,
  line: number,
  step: 0 | 1,
): BulkProgress {
  const lines = new UnwrappedLines(source);
  let progress = { end: place, lines: 0 };
  for (let size = FIRST_BYTES; ; size = Math.min(size * 2, MOST_BYTES)) {
    lines.begin(progress.end);
    let goesOn = true;
    // A goroutine that is longer needs more.
    for (let wanted = size; goesOn && lines.blankEnd === 0; wanted *= 2) goesOn = lines.extend(progress.end + wanted);
    const { bytes, offsets, blankEnd } = lines;
    const first = line + progress.lines * step;
    const read = blankEnd === 0 ? undefined : traceback.bulkReader?.readLines(bytes, blankEnd, first, offsets, step);
    if (read === undefined || read.lines === 0) return progress;
    traceback.endBulk({ line: first + (read.lines - 1) * step + 1, offset: offsets[read.lines - 1]! });
    progress = { end: lines.placeBehind(read.lines), lines: progress.lines + read.lines };
    if (!goesOn || read.end < blankEnd) return progress;
  }
}

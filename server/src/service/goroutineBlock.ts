import { at } from "../core/model/column.ts";
import { type Frame, stackOf } from "../core/model/stack.ts";
import { type Line, offsetOf } from "../core/text/line.ts";
import { type Block, type BlockFrame, readBlock } from "../core/traceback/block.ts";
import type { OpenDump } from "./openDump.ts";

/** Bytes of one goroutine's text that are read again: a stack of Go's longest (100 frames) has some 20,000. */
const BLOCK_BYTES = 256 * 1024;

/** The bytes from a goroutine's header to the next goroutine's, or to the end of the dump. */
export function spanOfRow({ dump }: OpenDump, row: number): { readonly start: number; readonly end: number } {
  const { offset, length } = dump.goroutines;
  const start = at(offset, row);
  const end = row + 1 < length ? at(offset, row + 1) : dump.endOffset;
  return { start, end: Math.max(start, end) };
}

/** One goroutine read again from its text, with arguments and the places of each part. */
export function readGoroutine(open: OpenDump, row: number): Block | undefined {
  const { start, end } = spanOfRow(open, row);
  const line = at(open.dump.goroutines.line, row);
  const lines = open.ranges.lines({ start, end: Math.min(end, start + BLOCK_BYTES) }, line);
  return open.dump.form === "traceback" ? readBlock(lines) : findFrames(open, row, lines);
}

/**
 * A block for forms that print no arguments: the frames of the stack are known, so their names are looked for in the
 * lines, one after the other.
 */
function findFrames({ dump }: OpenDump, row: number, lines: readonly Line[]): Block | undefined {
  const first = lines[0];
  if (first === undefined) return undefined;
  const stack = stackOf(dump, at(dump.goroutines.stack, row));
  const frames: BlockFrame[] = [];
  let next = 0;
  for (const frame of stack.frames) {
    const index = lines.findIndex((line, number) => number >= next && line.text.includes(frame.function));
    if (index < 0) continue;
    frames.push(frameInLine(frame, lines, index));
    next = index + 1;
  }
  return {
    header: null,
    headerSpan: { start: first.offset, end: offsetOf(first, first.text.length) },
    line: first.number,
    endLine: lines.reduce((last, line) => (line.text.trim() === "" ? last : line.number), first.number),
    frames,
    createdBy: null,
    ancestors: [],
    elided: null,
    unparsed: [],
  };
}

function frameInLine(frame: Frame, lines: readonly Line[], index: number): BlockFrame {
  const line = lines[index]!;
  const column = line.text.indexOf(frame.function);
  const place = findPlace(frame, lines, index);
  return {
    function: frame.function,
    args: null,
    file: frame.file,
    line: frame.line,
    functionSpan: { start: offsetOf(line, column), end: offsetOf(line, column + frame.function.length) },
    placeSpan: place?.span ?? null,
    callLine: line.number,
    placeLine: place?.line ?? line.number,
  };
}

/** Where `path:line` stands: on the frame's line, or the one below. */
function findPlace(frame: Frame, lines: readonly Line[], index: number) {
  if (frame.file === null || frame.line === null) return null;
  const text = `${frame.file}:${frame.line}`;
  for (const line of lines.slice(index, index + 2)) {
    const column = line.text.indexOf(text);
    if (column < 0) continue;
    return { line: line.number, span: { start: offsetOf(line, column), end: offsetOf(line, column + text.length) } };
  }
  return null;
}

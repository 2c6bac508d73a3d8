import { type Frame, stackOf } from "../../core/model/stack.ts";
import { type Line, offsetOf } from "../../core/text/line.ts";
import {
  type Block,
  type BlockCreator,
  type BlockFrame,
  readBlock,
  type Span,
} from "../../core/forms/traceback/block.ts";
import { blockLines } from "../../core/read/blockLines.ts";
import type { OpenDump } from "./openDump.ts";
import { endOfSection, sectionOfRow, type TextSection } from "./textSection.ts";

/** Bytes of one goroutine's text that are read again: a stack of Go's longest (100 frames) has some 20,000. */
const BLOCK_BYTES = 256 * 1024;

/** One goroutine read again from its text, with arguments and the places of each part. */
export function readGoroutine(open: OpenDump, row: number): Block | undefined {
  return readSection(sectionOfRow(open, row));
}

/** The text of one goroutine, as it stands in the document; of one that is larger than any that Go prints, the beginning. */
export function textOfGoroutine(open: OpenDump, row: number): string {
  const section = sectionOfRow(open, row);
  const end = Math.min(endOfSection(section), section.offset + BLOCK_BYTES);
  return open.ranges.text({ start: section.offset, end }).trimEnd();
}

/** One section of the text read again. Undefined: it has no text. */
export function readSection(section: TextSection): Block | undefined {
  const { open, offset, line } = section;
  const end = Math.min(endOfSection(section), offset + BLOCK_BYTES);
  const lines = blockLines(open.ranges.bytes({ start: offset, end }), { line, offset }, open.dump.wrapping ?? []);
  return open.dump.form === "traceback" ? readBlock(lines) : findFrames(section, lines);
}

/**
 * A block for forms that print no arguments: the frames of the stack are known, so their names are looked for in the
 * lines, one after the other.
 */
function findFrames({ open, stack }: TextSection, lines: readonly Line[]): Block | undefined {
  const first = lines[0];
  if (first === undefined) return undefined;
  const { frames, createdBy } = stackOf(open.dump, stack);
  const found: BlockFrame[] = [];
  let next = 0;
  const find = (frame: Frame): BlockFrame | undefined => {
    const index = lines.findIndex((line, number) => number >= next && line.text.includes(frame.function));
    if (index < 0) return undefined;
    next = index + 1;
    return frameInLine(frame, lines, index);
  };
  for (const frame of frames) {
    const inText = find(frame);
    if (inText !== undefined) found.push(inText);
  }
  const creator = createdBy === null ? undefined : find(createdBy);
  return {
    header: null,
    headerSpan: { start: first.offset, end: offsetOf(first, first.text.length) },
    line: first.number,
    endLine: lines.reduce((last, line) => (line.text.trim() === "" ? last : line.number), first.number),
    frames: found,
    createdBy: creator === undefined ? null : ({ ...creator, creator: null, creatorSpan: null } satisfies BlockCreator),
    ancestors: [],
    elided: null,
    unparsed: [],
  };
}

function frameInLine(frame: Frame, lines: readonly Line[], index: number): BlockFrame {
  const line = lines[index]!;
  const place = findPlace(frame, lines, index);
  return {
    function: frame.function,
    args: null,
    file: frame.file,
    line: frame.line,
    functionSpan: spanOf(line, frame.function),
    placeSpan: place?.span ?? null,
    callLine: line.number,
    placeLine: place?.line ?? line.number,
  };
}

/** Where `path:line` stands: on the frame's line, or the one below. */
function findPlace(frame: Frame, lines: readonly Line[], index: number): { line: number; span: Span } | null {
  const text = `${frame.file}:${frame.line}`;
  const line = lines.slice(index, index + 2).find((one) => one.text.includes(text));
  return frame.line === null || line === undefined ? null : { line: line.number, span: spanOf(line, text) };
}

/** Where a text stands in a line that holds it. */
function spanOf(line: Line, text: string): Span {
  const column = line.text.indexOf(text);
  return { start: offsetOf(line, column), end: offsetOf(line, column + text.length) };
}

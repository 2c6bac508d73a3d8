import type { Position, Range } from "vscode-languageserver-types";
import type { Block, BlockFrame } from "../../core/forms/traceback/block.ts";
import type { OpenText } from "./openText.ts";
import { contains, type DumpRanges } from "../base/ranges.ts";
import { readSection } from "./textBlock.ts";
import { sectionsAt, type TextSection } from "./textSection.ts";

/** A stack of an open document, with its text read again. */
export interface SectionAt {
  readonly section: TextSection;
  readonly block: Block;
}

/** What stands at a place of a dump. `range` is the whole of it. */
export type Target = SectionAt & { readonly range: Range } & (
    | { readonly kind: "header" }
    /** A frame of the section's stack, or of an ancestor of its goroutine. */
    | { readonly kind: "frame"; readonly frame: BlockFrame }
    | { readonly kind: "createdBy"; readonly frame: BlockFrame }
    /** The id in `created by ... in goroutine 7`. */
    | { readonly kind: "goroutineId"; readonly frame: BlockFrame; readonly id: number }
    /** An address within arguments, e.g. `0xc000118008`. */
    | { readonly kind: "pointer"; readonly frame: BlockFrame; readonly address: string }
  );

/** Numbers that may be addresses; lengths and constants are shorter. */
const POINTER = /0x[0-9a-f]{7,16}/g;

/** The section that holds a place; undefined outside of all. */
export function sectionAt(text: OpenText, position: Position): SectionAt | undefined {
  const line = text.ranges.lineAt(position);
  for (const section of sectionsAt(text, position)) {
    const block = readSection(section);
    if (block !== undefined && line <= block.endLine) return { section, block };
  }
  return undefined;
}

/** What stands at a place; undefined between goroutines and on lines that say nothing by themselves. */
export function targetAt(text: OpenText, position: Position): Target | undefined {
  const where = sectionAt(text, position);
  if (where === undefined) return undefined;
  const { ranges } = text;
  const { block } = where;
  const part = partAt(block, ranges.lineAt(position), ranges.byteOffsetAt(position));
  if (part === undefined) return undefined;
  if (part === "header") return { ...where, kind: "header", range: ranges.range(block.headerSpan) };
  return part === block.createdBy ? inCreatedBy(ranges, where, position) : inFrame(ranges, where, part, position);
}

/** The part of a block on a line. Where all of it stands on one line, the last one that begins before the byte. */
function partAt(block: Block, line: number, offset: number): BlockFrame | "header" | undefined {
  const frames = [block, ...block.ancestors].flatMap((one) => one.frames);
  if (block.createdBy !== null) frames.push(block.createdBy);
  const onLine = frames.filter((frame) => line === frame.callLine || line === frame.placeLine);
  const before = [...onLine].reverse().find((frame) => frame.functionSpan.start <= offset);
  const isHeader = line === block.line && (block.header !== null || onLine.length === 0);
  return before ?? (isHeader ? "header" : onLine[0]);
}

function inCreatedBy(ranges: DumpRanges, where: SectionAt, position: Position): Target | undefined {
  const frame = where.block.createdBy;
  if (frame === null) return undefined;
  if (frame.creatorSpan !== null && frame.creator !== null) {
    const range = ranges.range(frame.creatorSpan);
    if (contains(range, position)) return { ...where, kind: "goroutineId", frame, id: frame.creator, range };
  }
  return { ...where, kind: "createdBy", frame, range: rangeOfPart(ranges, frame, position) };
}

function inFrame(ranges: DumpRanges, where: SectionAt, frame: BlockFrame, position: Position): Target {
  const name = ranges.range(frame.functionSpan);
  if (frame.args !== null && name.end.line === position.line) {
    const end = frame.functionSpan.end + frame.args.length + "()".length;
    const found = ranges
      .matches({ start: name.end, end: ranges.position(end) }, POINTER)
      .find(({ range }) => contains(range, position));
    if (found !== undefined) return { ...where, kind: "pointer", frame, address: found.text, range: found.range };
  }
  return { ...where, kind: "frame", frame, range: rangeOfPart(ranges, frame, position) };
}

/** The name of a frame, or its place when the position is on that line or behind its start. */
function rangeOfPart(
  ranges: DumpRanges,
  { functionSpan, placeSpan, callLine, placeLine }: BlockFrame,
  position: Position,
) {
  if (placeSpan === null) return ranges.range(functionSpan);
  const isOnPlace =
    callLine === placeLine ? ranges.byteOffsetAt(position) >= placeSpan.start : ranges.lineAt(position) === placeLine;
  return ranges.range(isOnPlace ? placeSpan : functionSpan);
}

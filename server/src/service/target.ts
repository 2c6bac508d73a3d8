import type { Position, Range } from "vscode-languageserver-types";
import { at } from "../core/model/column.ts";
import { type Frame, stackOf } from "../core/model/stack.ts";
import type { Block, BlockFrame } from "../core/traceback/block.ts";
import { readGoroutine } from "./goroutineBlock.ts";
import type { OpenDump } from "./openDump.ts";
import type { OpenText } from "./openText.ts";
import { contains } from "./ranges.ts";

/** A goroutine of an open document, with its text read again. */
export interface GoroutineAt {
  readonly open: OpenDump;
  readonly row: number;
  readonly block: Block;
}

/** What stands at a place of a dump. `range` is the whole of it. */
export type Target = GoroutineAt & { readonly range: Range } & (
    | { readonly kind: "header" }
    /** Of the goroutine's stack, or of one of its ancestors'. */
    | { readonly kind: "frame"; readonly frame: BlockFrame }
    | { readonly kind: "createdBy"; readonly frame: BlockFrame }
    /** The id in `created by ... in goroutine 7`. */
    | { readonly kind: "goroutineId"; readonly id: number }
    /** An address within arguments, e.g. `0xc000118008`. */
    | { readonly kind: "pointer"; readonly address: string; readonly frame: BlockFrame }
  );

/** An address of Go's heap, which starts at 0xc000000000 on 64 bits; smaller numbers are lengths and constants. */
const POINTER = /0x[0-9a-f]{7,16}/g;

/** The goroutine that holds a place; undefined outside of all. */
export function goroutineAt(text: OpenText, position: Position): GoroutineAt | undefined {
  const offset = text.ranges.byteOffsetAt(position);
  const open = text.dumps.find(({ dump }) => dump.startOffset <= offset && offset <= dump.endOffset);
  const row = open === undefined ? -1 : open.rowAt(offset);
  if (open === undefined || row < 0) return undefined;
  const block = readGoroutine(open, row);
  if (block === undefined || text.ranges.lineAt(position) > block.endLine) return undefined;
  return { open, row, block };
}

/** What stands at a place; undefined between goroutines and on lines that say nothing by themselves. */
export function targetAt(text: OpenText, position: Position): Target | undefined {
  const where = goroutineAt(text, position);
  if (where === undefined) return undefined;
  const { ranges } = text;
  const { block } = where;
  const line = ranges.lineAt(position);
  const whole = ranges.lineRange(line);
  if (line === block.line && block.header !== null) return { ...where, kind: "header", range: whole };
  const { createdBy } = block;
  if (createdBy !== null && isOn(createdBy, line)) return inCreatedBy(text, where, createdBy, position);
  const frame = [block, ...block.ancestors].flatMap(({ frames }) => frames).find((one) => isOn(one, line));
  if (frame !== undefined) return inFrame(text, where, frame, position);
  return line === block.line ? { ...where, kind: "header", range: whole } : undefined;
}

/** The frame of the dump's model that a frame of the text is; undefined for frames of ancestors. */
export function modelFrame({ open, row, block }: GoroutineAt, frame: BlockFrame): Frame | undefined {
  const { dump } = open;
  const { frames, createdBy } = stackOf(dump, at(dump.goroutines.stack, row));
  const isSame = (one: Frame | null | undefined) =>
    one?.function === frame.function && one.file === frame.file && one.line === frame.line;
  if (frame === block.createdBy) return isSame(createdBy) ? (createdBy ?? undefined) : undefined;
  return frames.find(isSame);
}

function isOn(frame: BlockFrame, line: number): boolean {
  return line === frame.callLine || line === frame.placeLine;
}

function inCreatedBy(
  { ranges }: OpenText,
  where: GoroutineAt,
  frame: NonNullable<Block["createdBy"]>,
  position: Position,
): Target {
  if (frame.creatorSpan !== null && frame.creator !== null) {
    const range = ranges.range(frame.creatorSpan);
    if (contains(range, position)) return { ...where, kind: "goroutineId", id: frame.creator, range };
  }
  return { ...where, kind: "createdBy", frame, range: rangeOfPart(ranges, frame, position) };
}

function inFrame({ ranges }: OpenText, where: GoroutineAt, frame: BlockFrame, position: Position): Target {
  const line = ranges.lineRange(ranges.lineAt(position));
  const args = { start: ranges.range(frame.functionSpan).end, end: line.end };
  if (frame.args !== null && args.start.line === position.line) {
    for (const { text, range } of ranges.matches(args, POINTER)) {
      if (contains(range, position)) return { ...where, kind: "pointer", address: text, frame, range };
    }
  }
  return { ...where, kind: "frame", frame, range: rangeOfPart(ranges, frame, position) };
}

/** The name or the place of a frame, whichever is on the position's line. */
function rangeOfPart(ranges: OpenText["ranges"], frame: BlockFrame, position: Position): Range {
  const isPlace = ranges.lineAt(position) === frame.placeLine && frame.placeLine !== frame.callLine;
  return ranges.range(isPlace && frame.placeSpan !== null ? frame.placeSpan : frame.functionSpan);
}

import { type Line, offsetOf } from "../../text/line.ts";
import { BodyParser, type BodySink } from "./body.ts";
import type { CallLine, CreatedByLine, LocationLine } from "./frameLine.ts";
import { type Header, looksLikeHeader, readHeader } from "./header.ts";

/** A range of bytes of the original text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A frame of one goroutine as it stands in the text, with what the parser leaves behind: arguments and places. */
export interface BlockFrame {
  readonly function: string;
  /** The text between the parentheses; `...` for an inlined call; null where none are printed. */
  readonly args: string | null;
  readonly file: string | null;
  /** 1-based, as printed. */
  readonly line: number | null;
  readonly functionSpan: Span;
  /** Path and line number; null where they are not printed. */
  readonly placeSpan: Span | null;
  /** Lines of the text, 0-based: the call's, and its place's (the call's again where it has none). */
  readonly callLine: number;
  readonly placeLine: number;
}

/** The `created by` of a block. */
export interface BlockCreator extends BlockFrame {
  readonly creator: number | null;
  /** The id in `in goroutine 7`; null where it is not printed. */
  readonly creatorSpan: Span | null;
}

/** One goroutine read again from its text. */
export interface Block {
  readonly header: Header | null;
  readonly headerSpan: Span;
  readonly line: number;
  /** Last line that belongs to the goroutine, 0-based. */
  readonly endLine: number;
  /** Innermost first. */
  readonly frames: readonly BlockFrame[];
  readonly createdBy: BlockCreator | null;
  /** Blocks of `[originating from goroutine N]`, with their frames. */
  readonly ancestors: readonly { readonly id: number; readonly line: number; readonly frames: readonly BlockFrame[] }[];
  /** Index in `frames` before which Go left frames out, and how many; null when none. */
  readonly elided: { readonly at: number; readonly count: number | null } | null;
  /** Lines that fit nothing. */
  readonly unparsed: readonly number[];
}

/** Reads one goroutine's lines, header first; lines behind its end are left alone. */
export function readBlock(lines: readonly Line[]): Block | undefined {
  const first = lines[0];
  if (first === undefined) return undefined;
  const header = readHeader(first.text) ?? null;
  const sink = new BlockSink();
  const parser = new BodyParser(sink);
  let endLine = first.number;
  // The entry of a leak checker may have the goroutine's own header below it.
  const isDouble = header === null && lines[1] !== undefined && readHeader(lines[1].text) !== undefined;
  for (const line of header === null && !isDouble ? lines : lines.slice(isDouble ? 2 : 1)) {
    if (looksLikeHeader(line.text) && readHeader(line.text) !== undefined) break;
    if (line.text.trim() === "") {
      if (parser.endsAtBlank()) break;
      continue;
    }
    if (!parser.take(line) && !parser.noise(line)) break;
    endLine = line.number;
  }
  parser.end();
  const headerSpan = { start: first.offset, end: offsetOf(first, first.text.length) };
  return { header, headerSpan, line: first.number, endLine, ...sink.result() };
}

class BlockSink implements BodySink {
  readonly #frames: BlockFrame[] = [];
  readonly #ancestors: { id: number; line: number; frames: BlockFrame[] }[] = [];
  readonly #unparsed: number[] = [];
  #createdBy: BlockCreator | null = null;
  #elided: Block["elided"] = null;

  frame(call: CallLine, at: Line, place: LocationLine | null, where: Line | null): void {
    (this.#ancestors.at(-1)?.frames ?? this.#frames).push(
      toFrame(call.function, call.args, indentOf(at), at, place, where),
    );
  }

  createdBy(creator: CreatedByLine, at: Line, place: LocationLine | null, where: Line | null): void {
    const frame = toFrame(creator.function, null, "created by ".length, at, place, where);
    const ancestor = this.#ancestors.at(-1);
    if (ancestor !== undefined) ancestor.frames.push(frame);
    else this.#createdBy = { ...frame, creator: creator.creator, creatorSpan: creatorSpan(creator, at) };
  }

  elided(count: number | null): void {
    if (this.#ancestors.length === 0) this.#elided = { at: this.#frames.length, count };
  }

  more(): void {
    // Nothing to keep: the others are counted, not shown.
  }

  unavailable(): void {
    // Nothing to keep: the block has no frames, and the header's flag says why.
  }

  ancestor(id: number, at: Line): void {
    this.#ancestors.push({ id, line: at.number, frames: [] });
  }

  unparsed(at: Line): void {
    this.#unparsed.push(at.number);
  }

  result(): Pick<Block, "frames" | "createdBy" | "ancestors" | "elided" | "unparsed"> {
    return {
      frames: this.#frames,
      createdBy: this.#createdBy,
      ancestors: this.#ancestors,
      elided: this.#elided,
      unparsed: this.#unparsed,
    };
  }
}

function toFrame(
  name: string,
  args: string | null,
  column: number,
  at: Line,
  place: LocationLine | null,
  where: Line | null,
): BlockFrame {
  return {
    function: name,
    args,
    file: place?.file ?? null,
    line: place?.line ?? null,
    functionSpan: { start: offsetOf(at, column), end: offsetOf(at, column + name.length) },
    placeSpan:
      place === null || where === null || place.file === null
        ? null
        : { start: offsetOf(where, place.start), end: offsetOf(where, place.end) },
    callLine: at.number,
    placeLine: (where ?? at).number,
  };
}

/** Go prints calls at the line's start; frames that are shortened to one line may stand further in. */
function indentOf({ text }: Line): number {
  return text.length - text.trimStart().length;
}

function creatorSpan(creator: CreatedByLine, at: Line): Span | null {
  if (creator.creator === null) return null;
  const end = at.text.trimEnd().length;
  return { start: offsetOf(at, end - String(creator.creator).length), end: offsetOf(at, end) };
}

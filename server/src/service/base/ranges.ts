import type { Position, Range } from "vscode-languageserver-types";
import { runToEnd } from "../../core/steps.ts";
import type { Span } from "../../core/forms/traceback/block.ts";
import { type ByteOffsets, lastAtOrBefore } from "./byteOffsets.ts";
import { lineSteps } from "./lineStarts.ts";

/**
 * Turns the core's places into those of LSP and back: the only module that makes ranges. The core counts bytes, and
 * lines that end in LF; LSP counts UTF-16 units, and lines that end in LF, CRLF or a lone CR.
 */
export class DumpRanges {
  readonly #text: string;
  readonly #offsets: ByteOffsets;
  /** Where the lines of the core start, in UTF-16 units, and those of LSP: mostly one and the same. */
  readonly #coreLines: Uint32Array;
  readonly #lines: Uint32Array;
  /** Whether lines may end otherwise than in LF alone. */
  readonly hasReturns: boolean;

  /** `lines`: where the core's lines start, when that is known. */
  constructor(text: string, offsets: ByteOffsets, lines: Uint32Array = runToEnd(lineSteps(text))) {
    this.#text = text;
    this.#offsets = offsets;
    this.#coreLines = lines;
    this.hasReturns = text.includes("\r");
    const hasLoneReturn = this.hasReturns && /\r(?!\n)/.test(text);
    this.#lines = hasLoneReturn ? lspLineStarts(text) : this.#coreLines;
  }

  /** Length of the text in UTF-16 units. */
  get length(): number {
    return this.#text.length;
  }

  /** Length of the longest line of the core with its end, in UTF-16 units. */
  get longestLine(): number {
    const starts = this.#coreLines;
    let longest = this.#text.length - starts[starts.length - 1]!;
    for (let line = 1; line < starts.length; line++) longest = Math.max(longest, starts[line]! - starts[line - 1]!);
    return longest;
  }

  /** Place of a byte. */
  position(byteOffset: number): Position {
    return this.#positionAt(this.#offsets.toUnits(byteOffset));
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** A whole line of the core without its end; 0-based. */
  lineRange(line: number): Range {
    return this.linesRange(line, line);
  }

  /** From the start of one line to the end of another, without its line end. */
  linesRange(first: number, last: number): Range {
    const text = this.#text;
    let end = this.#startOf(last + 1);
    const start = this.#startOf(first);
    if (end > start && text[end - 1] === "\n") end--;
    if (end > start && text[end - 1] === "\r") end--;
    return { start: this.#positionAt(start), end: this.#positionAt(Math.max(start, end)) };
  }

  /** The byte at a place. */
  byteOffsetAt(position: Position): number {
    return this.#offsets.toBytes(this.#unitAt(position));
  }

  /** The byte at which a line of the core begins. */
  byteOffsetOfLine(line: number): number {
    return this.#offsets.toBytes(this.#startOf(line));
  }

  /** The line of the core that holds a place. */
  lineAt(position: Position): number {
    return lastAtOrBefore(this.#coreLines, this.#unitAt(position));
  }

  /** The text of some bytes. */
  text(span: Span): string {
    return this.#text.slice(this.#offsets.toUnits(span.start), this.#offsets.toUnits(span.end));
  }

  /** Whether a line of the core holds nothing but white space. */
  isBlank(line: number): boolean {
    return this.#text.slice(this.#startOf(line), this.#startOf(line + 1)).trim() === "";
  }

  /** Some bytes of the text, as the core's readers take them. */
  bytes(span: Span): Uint8Array {
    return this.#offsets.encodeText(this.text(span));
  }

  /** The same of many spans. */
  allBytes(spans: readonly Span[]): readonly Uint8Array[] {
    return this.#offsets.encodeTexts(spans.map((span) => this.text(span)));
  }

  /**
   * The places of a word in the whole text, first ones first; at most `limit`. Letters, digits and `_` beside it make it
   * another word.
   */
  findWord(word: string, limit: number): Range[] {
    const text = this.#text;
    const found: Range[] = [];
    for (let at = text.indexOf(word); at >= 0 && found.length < limit; at = text.indexOf(word, at + 1)) {
      const end = at + word.length;
      if (isWordCharacter(text, at - 1) || isWordCharacter(text, end)) continue;
      found.push({ start: this.#positionAt(at), end: this.#positionAt(end) });
    }
    return found;
  }

  /** What matches a pattern (with flag `g`) within a range of one line. */
  matches(range: Range, pattern: RegExp): { readonly text: string; readonly range: Range }[] {
    const start = this.#unitAt(range.start);
    return [...this.#text.slice(start, this.#unitAt(range.end)).matchAll(pattern)].map((match) => ({
      text: match[0],
      range: {
        start: this.#positionAt(start + match.index),
        end: this.#positionAt(start + match.index + match[0].length),
      },
    }));
  }

  #startOf(line: number): number {
    return this.#coreLines[line] ?? this.#text.length;
  }

  /** A place behind the text is its end; one between the halves of a line end is before it. */
  #positionAt(unit: number): Position {
    const at = Math.min(Math.max(0, unit), this.#text.length);
    const line = lastAtOrBefore(this.#lines, at);
    const start = this.#lines[line]!;
    const isInLineEnd = at > start && this.#text[at - 1] === "\r" && this.#text[at] === "\n";
    return { line, character: at - start - (isInLineEnd ? 1 : 0) };
  }

  #unitAt({ line, character }: Position): number {
    const start = this.#lines[line];
    if (start === undefined) return this.#text.length;
    let end = this.#lines[line + 1] ?? this.#text.length;
    while (end > start && /[\r\n]/.test(this.#text[end - 1]!)) end--;
    return Math.min(start + Math.max(0, character), end);
  }
}

/** A place in a source file whose column is unknown; the line is 0-based. */
export function sourceRange(line: number): Range {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}

/** A place in a file that is no dump; 0-based. */
export function emptyRange(line: number, character: number): Range {
  return { start: { line, character }, end: { line, character } };
}

/** Whether a range holds a place, its end included: there stands the cursor behind a word. */
export function contains(range: Range, position: Position): boolean {
  return !isBefore(position, range.start) && !isBefore(range.end, position);
}

function isBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character < right.character);
}

function isWordCharacter(text: string, index: number): boolean {
  return /^\w$/.test(text.charAt(index));
}

/** Where the lines of LSP start, which a lone CR ends too. */
function lspLineStarts(text: string): Uint32Array {
  const starts = [0];
  const lineEnd = /\r\n?|\n/g;
  while (lineEnd.test(text)) starts.push(lineEnd.lastIndex);
  return Uint32Array.from(starts);
}

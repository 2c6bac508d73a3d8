/** One line of a dump, as the readers see it: without its end, and without whatever the dump was wrapped in. */
export interface Line {
  readonly text: string;
  /** Line of the original text, 0-based. Several lines share it when the dump stood escaped on one line. */
  readonly number: number;
  /** Offset in bytes, in the original text, of the first character. */
  readonly offset: number;
  /**
   * Offsets in bytes, in the original text, of the characters (UTF-16 units) and of the end. Null: each character is as
   * many bytes as UTF-8 makes it, from `offset` on.
   */
  readonly offsets: Int32Array | Float64Array | null;
}

/**
 * Longest line that a pattern with several wildcards is tried on: its time grows with the square of the length. Lists of
 * debuggers and the like have no such lines.
 */
export const SHORT_LINE = 2000;

/** Offset in bytes, in the original text, of the character at `column` (UTF-16 units) of a line. */
export function offsetOf(line: Line, column: number): number {
  if (line.offsets !== null) return line.offsets[Math.min(column, line.offsets.length - 1)] ?? line.offset;
  return line.offset + utf8Length(line.text, column);
}

/** Bytes of the first `end` UTF-16 units of a text in UTF-8. */
export function utf8Length(text: string, end: number): number {
  let bytes = 0;
  for (let index = 0; index < end && index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isPair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isPair ? 4 : 3;
    if (isPair) index++;
  }
  return bytes;
}

/** The part of a line between two columns, which knows where it stands. */
export function sliceLine(line: Line, start: number, end = line.text.length): Line {
  const { text, number, offsets } = line;
  const part = offsets === null ? null : offsets.slice(start, end + 1);
  return { text: text.slice(start, end), number, offset: offsetOf(line, start), offsets: part };
}

/** A line with another text in place of its own that stands at the same place, e.g. an empty one. */
export function emptyLine(line: Line): Line {
  return { text: "", number: line.number, offset: line.offset, offsets: null };
}

/** The place behind a line: where a dump ends of which it is the last one. */
export function behindLine(line: Line): { readonly line: number; readonly offset: number } {
  return { line: line.number + 1, offset: offsetOf(line, line.text.length) };
}

/** The lines put together as one, with nothing between. */
export function joinLines(lines: readonly Line[]): Line {
  const [first] = lines;
  if (first === undefined || lines.length === 1) return first ?? { text: "", number: 0, offset: 0, offsets: null };
  const text = lines.map((line) => line.text).join("");
  const offsets = new Float64Array(text.length + 1);
  let at = 0;
  for (const line of lines) {
    const cursor = new OffsetCursor(line);
    for (let column = 0; column <= line.text.length; column++) offsets[at + column] = cursor.at(column);
    at += line.text.length;
  }
  return { text, number: first.number, offset: first.offset, offsets };
}

/** Gives the offsets of ascending columns of a line without counting from its start each time. */
export class OffsetCursor {
  readonly #line: Line;
  #column = 0;
  #offset: number;

  constructor(line: Line) {
    this.#line = line;
    this.#offset = line.offset;
  }

  /** Offset of `column`, which must not be before the column asked for last. */
  at(column: number): number {
    const { text, offsets } = this.#line;
    if (offsets !== null) return offsets[Math.min(column, offsets.length - 1)] ?? this.#line.offset;
    while (this.#column < column && this.#column < text.length) {
      const code = text.charCodeAt(this.#column);
      const isPair = code >= 0xd800 && code < 0xdc00 && this.#column + 1 < text.length;
      if (isPair && this.#column + 1 === column) break;
      this.#offset += code < 0x80 ? 1 : code < 0x800 ? 2 : isPair ? 4 : 3;
      this.#column += isPair ? 2 : 1;
    }
    return this.#offset;
  }
}

/** Makes a line of characters that stand anywhere in another one: what decoding escapes leaves. */
export class LineMaker {
  readonly #cursor: OffsetCursor;
  readonly #number: number;
  #text = "";
  #offsets: number[] = [];

  constructor(source: Line) {
    this.#cursor = new OffsetCursor(source);
    this.#number = source.number;
  }

  /** Appends `text`, which the source has at `column`. Columns must ascend. */
  add(text: string, column: number): void {
    this.#text += text;
    const offset = this.#cursor.at(column);
    for (let index = 0; index < text.length; index++) this.#offsets.push(offset);
  }

  /** Gives the line so far, which ends before `column` of the source, and begins the next one. */
  take(column: number): Line {
    const end = this.#cursor.at(column);
    this.#offsets.push(end);
    const offset = this.#offsets[0] ?? end;
    const line = { text: this.#text, number: this.#number, offset, offsets: Float64Array.from(this.#offsets) };
    this.#text = "";
    this.#offsets = [];
    return line;
  }
}

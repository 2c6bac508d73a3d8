/** Characters of a line that stand one behind the other in the original text, too. */
export interface Run {
  /** Column (UTF-16 units) of the first; they go up to the next run. */
  readonly column: number;
  /** Offset in bytes, in the original text, of the first. */
  readonly offset: number;
}

/** One line of a dump, as the readers see it: without its end, and without whatever the dump was wrapped in. */
export interface Line {
  readonly text: string;
  /** Line of the original text, 0-based. Several lines share it when the dump stood escaped on one line. */
  readonly number: number;
  /** Offset in bytes, in the original text, of the first character. */
  readonly offset: number;
  /** Where the characters stand in the original text, ascending; the last may say where the line ends. Null: one run. */
  readonly runs: readonly Run[] | null;
}

/** Offset in bytes, in the original text, of the character at `column` (UTF-16 units) of a line. */
export function offsetOf(line: Line, column: number): number {
  return line.runs === null ? line.offset + utf8Length(line.text, column) : new OffsetCursor(line).at(column);
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

/** The part of a line between two columns, which knows where it stands. For many parts of one line: {@link LineMaker}. */
export function sliceLine(line: Line, start: number, end = line.text.length): Line {
  const { text, number, runs } = line;
  if (runs === null) return { text: text.slice(start, end), number, offset: offsetOf(line, start), runs };
  const maker = new LineMaker(line);
  maker.copy(start, end);
  return maker.take(end);
}

/** A line with another text in place of its own that stands at the same place, e.g. an empty one. */
export function emptyLine(line: Line): Line {
  return { text: "", number: line.number, offset: line.offset, runs: null };
}

/** The place behind a line: where a dump ends whose last line it is. */
export function behindLine(line: Line): { readonly line: number; readonly offset: number } {
  return { line: line.number + 1, offset: offsetOf(line, line.text.length) };
}

/** The lines put together as one, with nothing between. */
export function joinLines(lines: readonly Line[]): Line {
  const [first] = lines;
  if (first === undefined || lines.length === 1) return first ?? { text: "", number: 0, offset: 0, runs: null };
  const runs: Run[] = [];
  let length = 0;
  for (const { text, offset, runs: own } of lines) {
    for (const run of own ?? [{ column: 0, offset }]) runs.push({ column: length + run.column, offset: run.offset });
    length += text.length;
  }
  return { text: lines.map((line) => line.text).join(""), number: first.number, offset: first.offset, runs };
}

/** Gives the offsets of ascending columns of a line without counting from its start each time. */
export class OffsetCursor {
  readonly #line: Line;
  /** Index of the run that `#column` is in. */
  #run = 0;
  #column = 0;
  #offset: number;

  constructor(line: Line) {
    this.#line = line;
    this.#offset = line.offset;
  }

  /** Offset of `column`, which must not be before the column asked for last. */
  at(column: number): number {
    const { text } = this.#line;
    while (this.runEnd <= column) this.#enter(this.#run + 1);
    while (this.#column < column && this.#column < text.length) {
      const code = text.charCodeAt(this.#column);
      const isPair = code >= 0xd800 && code < 0xdc00 && this.#column + 1 < text.length;
      if (isPair && this.#column + 1 === column) break;
      this.#offset += code < 0x80 ? 1 : code < 0x800 ? 2 : isPair ? 4 : 3;
      this.#column += isPair ? 2 : 1;
    }
    return this.#offset;
  }

  /** Column behind the run in which the column asked for last is; infinite for the last run. */
  get runEnd(): number {
    return this.#line.runs?.[this.#run + 1]?.column ?? Number.POSITIVE_INFINITY;
  }

  #enter(run: number): void {
    const { column, offset } = this.#line.runs![run]!;
    this.#run = run;
    this.#column = column;
    this.#offset = offset;
  }
}

/** Makes lines of parts of another one: what decoding escapes leaves. Time is linear in the other line, and in the parts. */
export class LineMaker {
  readonly #source: Line;
  readonly #cursor: OffsetCursor;
  #text = "";
  #runs: Run[] = [];
  /** Offset at which the last run goes on; -1: another one has to begin. */
  #next = -1;

  constructor(source: Line) {
    this.#source = source;
    this.#cursor = new OffsetCursor(source);
  }

  /** Appends what the source has between two columns. Columns must ascend from call to call. */
  copy(start: number, end: number): void {
    const { text, runs } = this.#source;
    for (let column = start; column < end;) {
      const offset = this.#cursor.at(column);
      if (offset !== this.#next) this.#runs.push({ column: this.#text.length, offset });
      const stop = Math.min(end, this.#cursor.runEnd);
      this.#text += text.slice(column, stop);
      this.#next = runs === null ? this.#cursor.at(stop) : -1;
      column = stop;
    }
  }

  /** Appends the character that something at `column` of the source stands for. */
  add(character: string, column: number): void {
    this.#runs.push({ column: this.#text.length, offset: this.#cursor.at(column) });
    this.#text += character;
    this.#next = -1;
  }

  /** Gives the line so far, which ends before `column` of the source, and begins the next one. */
  take(column: number): Line {
    const end = this.#cursor.at(column);
    const runs = this.#runs;
    if (this.#next !== end) runs.push({ column: this.#text.length, offset: end });
    const offset = runs[0]?.offset ?? end;
    const line = { text: this.#text, number: this.#source.number, offset, runs: runs.length > 1 ? runs : null };
    this.#text = "";
    this.#runs = [];
    this.#next = -1;
    return line;
  }
}

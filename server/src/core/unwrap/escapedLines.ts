import { startsWith } from "../text/ascii.ts";
import type { ByteLine } from "../text/byteLine.ts";
import type { ByteLines } from "../text/byteLines.ts";
import { isPlainText, viewOf } from "../text/bytes.ts";
import type { Line } from "../text/line.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import { unescape } from "./escapes.ts";
import { ByteText, unescapeBytes } from "./escapesInBytes.ts";

const BACKSLASH = 0x5c;
const SMALL_N = 0x6e;

/** The lines in a string with escapes, which stands on one line of the text. Places are columns of that line. */
export class EscapedLines implements ByteLines {
  readonly #line: Line;
  readonly #quote: string | null;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #text = new ByteText();
  /** Column of the closing quote, or behind the line. */
  readonly #end: number;

  private constructor(line: Line, bytes: Uint8Array, start: number, quote: string | null) {
    this.#line = line;
    this.#quote = quote;
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#end = quote === null ? bytes.length : endOfString(bytes, start, quote.charCodeAt(0));
  }

  /** Those of the string that begins at `start`; undefined: it holds more than ASCII, or is in a string itself. */
  static of(line: Line, start: number, quote: string | null): EscapedLines | undefined {
    // A backslash does not escape this quote.
    if (line.runs !== null || quote === "`") return undefined;
    const bytes = encodeUtf8(line.text);
    return bytes.length === line.text.length ? new EscapedLines(line, bytes, start, quote) : undefined;
  }

  startsWith(place: number, expected: Uint8Array): boolean {
    return place + expected.length <= this.#end && startsWith(this.#bytes, place, expected);
  }

  next(line: ByteLine, place: number): number {
    const behind = this.behind(place);
    if (!isPlainText(this.#view, place, behind)) return -1;
    const string = unescapeBytes(this.#bytes, place, behind, this.#text);
    if (string === undefined) return -1;
    line.set(this.#bytes, this.#view, place, behind, this.#line.offset + place);
    line.become(this.#text.bytes, this.#text.view, this.#text.length, string.straight);
    return string.endsLine ? behind : -1;
  }

  isAtEnd(place: number): boolean {
    return place >= this.#end;
  }

  /** The line at that place as text: several where an unusual escape ends one. */
  linesAt(place: number): readonly Line[] {
    const { text, number, offset } = this.#line;
    const part = { text: text.slice(place, this.behind(place)), number, offset: offset + place, runs: null };
    return unescape(part, 0, this.#quote).lines;
  }

  /** The place behind the line at a place: behind the escaped line end, or the string's end. */
  behind(place: number): number {
    let at = place;
    while (at < this.#end) {
      if (this.#bytes[at] !== BACKSLASH) at++;
      else if (this.#bytes[at + 1] === SMALL_N) return Math.min(at + 2, this.#end);
      else at += 2;
    }
    return this.#end;
  }
}

function endOfString(bytes: Uint8Array, start: number, quote: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === BACKSLASH ? 2 : 1;
  return Math.min(at, bytes.length);
}

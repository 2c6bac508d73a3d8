import { type Line, LineMaker } from "../text/line.ts";

/** What a string with escapes holds. */
export interface Unescaped {
  /** Its text, cut at its line ends; at least one line. */
  readonly lines: readonly Line[];
  /** Whether the last line is whole: the string ended with a line end. */
  readonly endsLine: boolean;
  /** Column behind the closing quote, or the end of the line where it is missing. */
  readonly end: number;
}

const CHARACTERS: ReadonlyMap<string, string> = new Map<string, string>([
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ["a", "\x07"],
  ["v", "\v"],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["/", "/"],
]);
const CODES: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
  ["u", /^[0-9a-fA-F]{4}/],
  ["U", /^[0-9a-fA-F]{8}/],
  ["x", /^[0-9a-fA-F]{2}/],
]);
const OCTAL = /^[0-7]{1,3}/;
const NEWLINE = "\n";
/** A line end that JSON allows in strings as it is. */
const LINE_SEPARATOR = "\u2028";

/**
 * Decodes the string that begins at column `start` of a line and ends at the next `quote` that is not escaped; without
 * one, at the end of the line. Knows the escapes of JSON, Go, C and `strace`; others are left as they are.
 */
export function unescape(line: Line, start: number, quote: string | null): Unescaped {
  const { text } = line;
  const maker = new LineMaker(line);
  const lines: Line[] = [];
  let endsLine = false;
  let at = start;
  while (at < text.length && text[at] !== quote) {
    const plainEnd = endOfPlain(text, at, quote);
    if (plainEnd > at) {
      maker.copy(at, plainEnd);
      endsLine = false;
      at = plainEnd;
      continue;
    }
    const { character, length } = text[at] === "\\" ? readEscape(text, at) : { character: text[at]!, length: 1 };
    endsLine = character === NEWLINE || character === LINE_SEPARATOR;
    if (endsLine) lines.push(maker.take(at));
    else maker.add(character, at);
    at += length;
  }
  if (!endsLine) lines.push(maker.take(at));
  return { lines: lines.map(withoutReturn), endsLine, end: Math.min(at + 1, text.length) };
}

/** Column of the first character from `start` on that does not stand for itself: an escape, the quote, a line end. */
function endOfPlain(text: string, start: number, quote: string | null): number {
  let at = start;
  while (at < text.length && text[at] !== "\\" && text[at] !== quote && text[at] !== LINE_SEPARATOR) at++;
  return at;
}

/** The character an escape stands for, and the escape's length. */
function readEscape(text: string, at: number): { character: string; length: number } {
  const kind = text[at + 1] ?? "";
  if (kind === "n") return { character: NEWLINE, length: 2 };
  const known = CHARACTERS.get(kind);
  if (known !== undefined) return { character: known, length: 2 };
  const isOctal = kind >= "0" && kind <= "7";
  const from = isOctal ? at + 1 : at + 2;
  const digits = (isOctal ? OCTAL : CODES.get(kind))?.exec(text.slice(from, from + 8))?.[0];
  const code = digits === undefined ? Number.NaN : Number.parseInt(digits, isOctal ? 8 : 16);
  if (digits === undefined || code > 0x10ffff) return { character: "\\", length: 1 };
  return { character: String.fromCodePoint(code), length: from - at + digits.length };
}

function withoutReturn(line: Line): Line {
  return line.text.endsWith("\r") ? { ...line, text: line.text.slice(0, -1) } : line;
}

/** The column at which the string begins that a column is in, and its quote; null where no quote stands before it. */
export function stringAround(text: string, column: number): { readonly start: number; readonly quote: string } | null {
  for (let at = column - 1; at >= 0; at--) {
    const quote = text[at]!;
    if (quote !== '"' && quote !== "`" && quote !== "'") continue;
    if (backslashesBefore(text, at) % 2 === 1) continue;
    if (quote === "'" && /\w/.test(text[at - 1] ?? "")) continue;
    return { start: at + 1, quote };
  }
  return null;
}

function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text[at - 1 - count] === "\\") count++;
  return count;
}

import type { Line } from "../text/line.ts";
import { sliceLine } from "../text/line.ts";
import { unescape } from "./escapes.ts";

/** The value of a field of a log record. */
export interface FieldValue {
  /** Cut at its line ends; at least one line. */
  readonly lines: readonly Line[];
  /** Whether it ended with a line end. */
  readonly endsLine: boolean;
  /** True when the wrapping ends with it. */
  readonly isLast?: boolean;
}

/** A string of a JSON text: column of its opening quote and behind its closing one (or the text's end). */
interface StringToken {
  readonly start: number;
  readonly end: number;
}

/** Strings of one record that are looked at; a log record has a few dozen. */
export const STRING_LIMIT = 2000;

/** The string value of the first field of that name in a JSON object on one line, at any depth. */
export function jsonField(line: Line, key: string): FieldValue | undefined {
  const value = findJsonString(line.text, key);
  return value === undefined ? undefined : unescape(line, value.start + 1, '"');
}

/** As {@link jsonField}, as plain text. */
export function jsonText(text: string, key: string): string | undefined {
  const line = { text, number: 0, offset: 0, runs: null };
  return jsonField(line, key)
    ?.lines.map((part) => part.text)
    .join("\n");
}

/** Whether a line is a JSON object, or begins as one. */
export function looksLikeJson(text: string): boolean {
  return /^\s*\{\s*"/.test(text);
}

/** The value of `key=value` or `key="value"` in a logfmt line. */
export function logfmtField(line: Line, key: string): FieldValue | undefined {
  const { text } = line;
  const at = findLogfmtKey(text, key);
  if (at < 0) return undefined;
  if (text[at] === '"') return unescape(line, at + 1, '"');
  const space = text.indexOf(" ", at);
  return { lines: [sliceLine(line, at, space < 0 ? text.length : space)], endsLine: false };
}

/** Column of the value of a logfmt key, or -1; quotes are skipped. */
function findLogfmtKey(text: string, key: string): number {
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      at = endOfString(text, at);
    } else if (text.startsWith(`${key}=`, at) && (at === 0 || text[at - 1] === " ")) {
      return at + key.length + 1;
    } else at++;
  }
  return -1;
}

function findJsonString(text: string, key: string): StringToken | undefined {
  let at = 0;
  for (let count = 0; count < STRING_LIMIT; count++) {
    const start = text.indexOf('"', at);
    if (start < 0) return undefined;
    const end = endOfString(text, start);
    at = end;
    if (end - start - 2 !== key.length || !text.startsWith(key, start + 1)) continue;
    const colon = /\s*:\s*"/y;
    colon.lastIndex = end;
    if (colon.test(text)) return { start: colon.lastIndex - 1, end: endOfString(text, colon.lastIndex - 1) };
  }
  return undefined;
}

/** Column behind the quote that closes the string beginning at `start`, or the text's length. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

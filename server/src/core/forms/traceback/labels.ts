import type { Label } from "../../model/dump.ts";

/** Labels read from a header, and where they end. */
export interface ReadLabels {
  readonly labels: readonly Label[];
  /** Column behind the closing brace, or the column asked for when there are no labels. */
  readonly end: number;
}

const ESCAPES: ReadonlyMap<string, string> = new Map<string, string>([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);
const HEX_LENGTH: ReadonlyMap<string, number> = new Map<string, number>([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/**
 * Reads ` {key: value, "quoted key": "quoted value"}` at column `start`; no brace there is no labels. A key or value is
 * quoted when it holds anything but letters, digits, `.`, `/` and `_`; an empty one prints as nothing (1.27). `lead` is
 * the character before the brace, which copies may have lost. Undefined: the braces do not close.
 */
export function readLabels(text: string, start: number, lead = " "): ReadLabels | undefined {
  const brace = text[start] === lead ? start + 1 : start;
  if (text[brace] !== "{") return { labels: [], end: start };
  const labels: Label[] = [];
  let at = brace + 1;
  if (text[at] === "}") return { labels, end: at + 1 };
  for (;;) {
    const key = readWord(text, at, ":");
    if (key === undefined || text[key.end] !== ":") return undefined;
    at = text[key.end + 1] === " " ? key.end + 2 : key.end + 1;
    const value = readWord(text, at, "");
    if (value === undefined) return undefined;
    labels.push([key.word, value.word]);
    if (text[value.end] === "}") return { labels, end: value.end + 1 };
    if (text[value.end] !== ",") return undefined;
    at = text[value.end + 1] === " " ? value.end + 2 : value.end + 1;
  }
}

/** A quoted string, or a bare word that ends at `,`, `}` or `stop`. */
function readWord(text: string, start: number, stop: string): { word: string; end: number } | undefined {
  if (text[start] === '"') return readQuoted(text, start);
  let end = start;
  while (end < text.length && text[end] !== "," && text[end] !== "}" && text[end] !== stop) end++;
  return end === text.length ? undefined : { word: text.slice(start, end), end };
}

/** A string as the runtime's `printquoted` writes it. */
function readQuoted(text: string, start: number): { word: string; end: number } | undefined {
  let word = "";
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') return { word, end: at + 1 };
    if (char !== "\\") {
      word += char;
      continue;
    }
    const escape = text[++at] ?? "";
    const digits = HEX_LENGTH.get(escape) ?? 0;
    const code = Number.parseInt(text.slice(at + 1, at + 1 + digits), 16);
    const isCode = digits > 0 && code <= 0x10ffff;
    word += isCode ? String.fromCodePoint(code) : (ESCAPES.get(escape) ?? `\\${escape}`);
    if (isCode) at += digits;
  }
  return undefined;
}

import type { Layer } from "../model/wrapping.ts";
import type { Line } from "../text/line.ts";
import { startsInConsole } from "./consolePlace.ts";
import { stringAround, unescape } from "./escapes.ts";
import { jsonField, jsonText, looksLikeJson } from "./fields.ts";
import { findStart, type FoundStart } from "./headerInLine.ts";
import { opensHtml } from "./html.ts";
import { isGluedCall } from "./mend.ts";
import { progressIndent, withoutIndent } from "./progressReport.ts";
import { straceDescriptor } from "./strace.ts";

/** Fields that tell the writers of one JSON log apart: `go test -json`, docker, and what log collectors add. */
const SOURCE_KEYS = ["Package", "stream", "container_name", "container_id", "pod", "host", "service"];

/** Behind the beginning of a dump: a line end that was escaped, or something put in its place. */
const ESCAPED_END = /^(?:\\+[nr]|\\+u000a)/;
const SEPARATORS = ["#012", "\u2028", " | ", "<br>", "<br/>", "<br />"];

/** How the dump that begins somewhere in this line is wrapped; undefined: none begins here, or at its very start. */
export function findWrapping(line: Line): Layer | undefined {
  const { text } = line;
  const page = opensHtml(text);
  if (page !== undefined) return { kind: "html", until: page };
  const descriptor = straceDescriptor(text);
  if (descriptor !== undefined) return { kind: "strace", descriptor };
  if (startsInConsole(text)) return { kind: "console" };
  const indent = progressIndent(text);
  if (indent !== undefined) return { kind: "progress", indent };
  const found = findStart(text);
  return found === undefined ? undefined : wrappingAround(line, found);
}

/** How a dump is wrapped whose beginning was found in a line. */
function wrappingAround(line: Line, found: FoundStart): Layer | undefined {
  const { text } = line;
  const behind = text.slice(found.end, found.end + 20);
  const brace = text.indexOf("{");
  const isInJson = brace >= 0 && brace < found.start && looksLikeJson(text.slice(brace, brace + 200));
  if (isInJson && brace > 0) return prefixLayer(text, brace);
  const key = fieldKey(text, found);
  if (key !== undefined) return fieldLayer(line, key, isInJson ? "json" : "logfmt");
  if (ESCAPED_END.test(behind)) return { kind: "escaped" };
  const separator = SEPARATORS.find((candidate) => behind.startsWith(candidate));
  if (separator !== undefined) return { kind: "separated", separator };
  const endsLine = behind.trim() === "" || isGluedCall(text.slice(found.end));
  return found.start > 0 && endsLine ? prefixLayer(text, withoutIndent(text, found)) : undefined;
}

/** Behind a letter or a slash the beginning is part of a word or a path, and what is before it no prefix. */
function prefixLayer(text: string, end: number): Layer | undefined {
  return /[\w/.]$/.test(text.slice(end - 1, end)) ? undefined : { kind: "prefix", sample: text.slice(0, end) };
}

/** The name of the field whose value is just this one line of the dump: the record holds a line, not a dump. */
function fieldKey(text: string, found: FoundStart): string | undefined {
  const around = stringAround(text, found.start);
  const bare = /(?:^|\s)([\w.-]+)=$/.exec(text.slice(Math.max(0, found.start - 100), found.start));
  if (around === null) return bare?.[1];
  if (around.quote !== '"' || holdsLines(text, around.start)) return undefined;
  return /(?:"([^"\\]+)"\s*:\s*|(?:^|\s)([\w.-]+)=)"$/
    .exec(text.slice(Math.max(0, around.start - 100), around.start))
    ?.slice(1)
    .find((name) => name !== undefined);
}

/** Characters of a string that are looked at first: some lines of a dump. */
const FIRST_CHARACTERS = 2000;

/** Whether a string holds several lines. Its first characters mostly tell: a whole dump may follow. */
function holdsLines(text: string, start: number): boolean {
  return [start + FIRST_CHARACTERS, text.length].some((end) => {
    const line = { text: text.slice(0, end), number: 0, offset: 0, runs: null };
    return unescape(line, start, '"').lines.length > 1;
  });
}

function fieldLayer(line: Line, key: string, style: "json" | "logfmt"): Layer {
  const isJoined = style === "json" && jsonField(line, key)?.endsLine === true;
  const source: (readonly [string, string])[] = [];
  for (const name of style === "json" ? SOURCE_KEYS : []) {
    const value = name === key ? undefined : jsonText(line.text, name);
    if (value !== undefined) source.push([name, value]);
  }
  return { kind: "field", style, key, isJoined, source };
}

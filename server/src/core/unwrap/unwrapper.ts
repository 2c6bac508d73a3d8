import type { Layer } from "../model/wrapping.ts";
import { type Line, LineMaker, sliceLine } from "../text/line.ts";
import { withoutConsolePlace } from "./consolePlace.ts";
import { stringAround, unescape } from "./escapes.ts";
import { type FieldValue, jsonField, jsonText, logfmtField, looksLikeJson } from "./fields.ts";
import { findStart, startOfDump } from "./headerInLine.ts";
import { showHtml } from "./html.ts";
import { matchLinePattern } from "./linePattern.ts";
import { progressPart } from "./progressReport.ts";
import { matchShape, partialOf, shapeOf } from "./prefixShape.ts";
import { straceText } from "./strace.ts";

/** What one line of the outer text holds of the inner one. */
export type Payload = FieldValue;

/** Takes one layer off lines. */
export interface Unwrapper {
  /** What the line holds; undefined: the line is not of this layer. */
  unwrap(line: Line): Payload | undefined;
  /** As `unwrap`, of a line whose beginning is missing: it begins within what it holds. */
  resume(line: Line): Payload;
}

/** What takes that layer off. */
export function unwrapperOf(layer: Layer): Unwrapper {
  switch (layer.kind) {
    case "prefix":
      return prefixUnwrapper(layer.sample);
    case "pattern":
      return patternUnwrapper(layer.pattern);
    case "field":
      return fieldUnwrapper(layer);
    case "console":
      return orWhole((line) => {
        const shown = withoutConsolePlace(line);
        return shown === undefined ? undefined : { lines: [shown], endsLine: true };
      });
    case "progress":
      return orWhole((line) => progressPart(line, layer.indent));
    case "escaped":
      return { unwrap: unescapeString, resume: (line) => unescape(line, 0, '"') };
    case "separated":
      return {
        unwrap: (line) => splitAt(line, startOf(line), layer.separator),
        resume: (line) => splitAt(line, 0, layer.separator),
      };
    case "html":
      return always((line) => showPage(line, layer.until));
    default:
      return {
        unwrap: (line) => straceText(line, layer.descriptor),
        resume: (line) => unescape(line, 0, '"'),
      };
  }
}

function always(unwrap: (line: Line) => Payload): Unwrapper {
  return { unwrap, resume: unwrap };
}

function orWhole(unwrap: (line: Line) => Payload | undefined): Unwrapper {
  return { unwrap, resume: (line) => unwrap(line) ?? { lines: [line], endsLine: true } };
}

function prefixUnwrapper(sample: string): Unwrapper {
  const shape = shapeOf(sample);
  const partial = partialOf(sample);
  return {
    unwrap(line) {
      const start = matchShape(shape, line.text);
      if (start >= 0) return { lines: [sliceLine(line, start)], endsLine: true };
      const part = partial === null ? -1 : matchShape(partial, line.text);
      return part < 0 ? undefined : { lines: [sliceLine(line, part)], endsLine: false };
    },
    resume: (line) => ({ lines: [line], endsLine: true }),
  };
}

function patternUnwrapper(pattern: string): Unwrapper {
  return {
    unwrap(line) {
      const start = matchLinePattern(pattern, line.text);
      return start < 0 ? undefined : { lines: [sliceLine(line, start)], endsLine: true };
    },
    resume: (line) => ({ lines: [line], endsLine: true }),
  };
}

function fieldUnwrapper(layer: Layer & { kind: "field" }): Unwrapper {
  const { style, key, isJoined, source } = layer;
  const whole = (value: Payload): Payload => (isJoined ? value : { ...value, endsLine: true });
  return {
    unwrap(line) {
      if (style === "json" && !looksLikeJson(line.text)) return undefined;
      if (!source.every(([name, value]) => jsonText(line.text, name) === value)) return undefined;
      const value = style === "json" ? jsonField(line, key) : logfmtField(line, key);
      return value === undefined ? undefined : whole(value);
    },
    resume: (line) => whole(unescape(line, 0, '"')),
  };
}

function unescapeString(line: Line): Payload | undefined {
  const string = stringWithDump(line.text);
  return string === undefined ? undefined : unescape(line, string.start, string.quote);
}

/** The string with escapes in which a dump begins: its column behind the quote, if it has one. Undefined: none begins. */
export function stringWithDump(text: string): { readonly start: number; readonly quote: string | null } | undefined {
  const found = findStart(text);
  if (found === undefined) return undefined;
  return stringAround(text, found.start) ?? { start: startOfDump(text, found), quote: null };
}

function showPage(line: Line, until: "html" | "pre"): Payload {
  return { lines: showHtml(line), endsLine: true, isLast: line.text.toLowerCase().includes(`</${until}>`) };
}

function startOf({ text }: Line): number {
  const found = findStart(text);
  return found === undefined ? 0 : startOfDump(text, found);
}

function splitAt(line: Line, from: number, separator: string): Payload {
  const maker = new LineMaker(line);
  const lines: Line[] = [];
  let start = from;
  for (;;) {
    const end = line.text.indexOf(separator, start);
    if (end < 0) break;
    maker.copy(start, end);
    lines.push(maker.take(end));
    start = end + separator.length;
  }
  maker.copy(start, line.text.length);
  lines.push(maker.take(line.text.length));
  return { lines, endsLine: true };
}

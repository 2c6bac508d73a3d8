import type { Layer } from "../model/wrapping.ts";
import { type Line, sliceLine } from "../text/line.ts";
import { unescape } from "./escapes.ts";
import { type FieldValue, jsonField, jsonText, logfmtField, looksLikeJson } from "./fields.ts";
import { stringAround } from "./findWrapping.ts";
import { findStart } from "./headerInLine.ts";
import { matchShape, shapeOf } from "./prefixShape.ts";

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
    case "field":
      return fieldUnwrapper(layer);
    case "escaped":
      return { unwrap: unescapeString, resume: (line) => unescape(line, 0, '"') };
    default: {
      const unwrap = (line: Line): Payload => splitAt(line, layer.separator);
      return { unwrap, resume: unwrap };
    }
  }
}

/** The kubelet marks a line that it had to cut with P, and the last part with F (CRI log format). */
const CRI_FULL = / (?:stdout|stderr) F $/;

function prefixUnwrapper(sample: string): Unwrapper {
  const shape = shapeOf(sample);
  const partial = CRI_FULL.test(sample) ? shapeOf(sample.replace(/F $/, "P ")) : null;
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
  const found = findStart(line.text);
  if (found === undefined) return undefined;
  const around = stringAround(line.text, found.start);
  return unescape(line, around?.start ?? 0, around?.quote ?? null);
}

function splitAt(line: Line, separator: string): Payload {
  const lines: Line[] = [];
  let start = 0;
  for (;;) {
    const end = line.text.indexOf(separator, start);
    if (end < 0) break;
    lines.push(sliceLine(line, start, end));
    start = end + separator.length;
  }
  lines.push(sliceLine(line, start));
  return { lines, endsLine: true };
}

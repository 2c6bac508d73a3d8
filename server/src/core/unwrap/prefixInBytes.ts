import type { ByteLine } from "../text/byteLine.ts";
import { isDigit, isPlain, startsWith } from "../text/ascii.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import type { ByteUnwrapper } from "./byteUnwrapper.ts";
import { partialOf, type PrefixShape, shapeOf } from "./prefixShape.ts";

const SPACE = 0x20;
const DOT = 0x2e;
const COMMA = 0x2c;
const COLON = 0x3a;

/** What is not read as it stands, see `normalise`, and what is noted, see `TextCheck`. */
const CHANGED = /[\ufeff\x1b\0\ufffd]/;

/** A {@link PrefixShape} in bytes. */
type ByteShape = readonly (Uint8Array | null)[];

/** `matchShape` for the beginning of lines in bytes; undefined: such lines are not read as they stand. */
export function prefixInBytes(sample: string): ByteUnwrapper | undefined {
  if (CHANGED.test(sample)) return undefined;
  const shape = shapeOf(sample);
  const parts = bytesOf(shape);
  const last = shape.at(-1);
  const trimmed = encodeUtf8(last?.trimEnd() ?? "");
  const partial = partialOf(sample);
  const partialParts = partial === null ? null : bytesOf(partial);
  return {
    unwrap(line) {
      const at = matchParts(parts, trimmed, line);
      if (at >= 0 && line.knowsPlaceOf(at)) {
        line.beginAt(at);
        return "taken";
      }
      if (at >= 0) return "unsure";
      return partialParts !== null && matchParts(partialParts, trimmed, line) >= 0 ? "unsure" : "none";
    },
  };
}

/** `matchLinePattern` for lines in bytes; undefined: such lines are not read as they stand. */
export function patternInBytes(pattern: string): ByteUnwrapper | undefined {
  if (CHANGED.test(pattern)) return undefined;
  const [first = new Uint8Array(0), ...rest] = pattern.split("*").map(encodeUtf8);
  return {
    unwrap(line) {
      const { bytes, start, end } = line;
      if (!stands(first, line, start)) return "none";
      let at = start + first.length;
      for (const part of rest) {
        for (; !stands(part, line, at); at++) {
          if (at >= end) return "none";
          if (!isPlain(bytes[at]!)) return "unsure";
        }
        at += part.length;
      }
      if (!line.knowsPlaceOf(at)) return "unsure";
      line.beginAt(at);
      return "taken";
    },
  };
}

function bytesOf(shape: PrefixShape): ByteShape {
  return shape.map((part) => (part === null ? null : encodeUtf8(part)));
}

/** Offset behind such a beginning, or -1. See `matchShape`. */
function matchParts(parts: ByteShape, trimmed: Uint8Array, line: ByteLine): number {
  const { bytes, end } = line;
  let at = line.start;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    if (part === null) {
      at = numberEnd(bytes, at, end);
      if (at < 0) return -1;
    } else if (stands(part, line, at)) at += part.length;
    else {
      const isTrimmed = index === parts.length - 1 && end - at === trimmed.length && startsWith(bytes, at, trimmed);
      return isTrimmed ? end : -1;
    }
  }
  return at;
}

function stands(part: Uint8Array, { bytes, end }: ByteLine, at: number): boolean {
  return at + part.length <= end && startsWith(bytes, at, part);
}

/** Offset behind a number with the spaces before it, and dots, commas and colons between its digits; -1: none. */
function numberEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === SPACE) at++;
  if (at === end || !isDigit(bytes[at]!)) return -1;
  for (;;) {
    while (at < end && isDigit(bytes[at]!)) at++;
    const byte = at + 1 < end ? bytes[at] : 0;
    if ((byte !== DOT && byte !== COMMA && byte !== COLON) || !isDigit(bytes[at + 1]!)) return at;
    at++;
  }
}

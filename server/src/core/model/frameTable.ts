import { decodeUtf8 } from "../text/utf8.ts";
import { ByteInterner } from "./byteInterner.ts";
import type { Dump } from "./dump.ts";

const COLON = 0x3a;

/**
 * The frames that those pairs are, of a function and its `path:line`. Strings are made of distinct names and paths only:
 * of those there are few, however many lines a program has.
 */
export function frameTable(pairs: ByteInterner): Pick<Dump, "functions" | "files" | "frames"> {
  const { view } = pairs;
  const functions = new ByteInterner();
  const files = new ByteInterner();
  const count = pairs.size;
  const frames = { function: new Int32Array(count), file: new Int32Array(count), line: new Int32Array(count) };
  for (let frame = 0; frame < count; frame++) {
    const start = pairs.start(frame);
    const place = pairs.split(frame);
    const end = pairs.tailEnd(frame);
    const pathEnd = Math.max(place, lastIndexOf(view, COLON, place, end));
    frames.function[frame] = functions.intern(view, start, place, place, place);
    frames.file[frame] = place === end ? -1 : files.intern(view, place, pathEnd, pathEnd, pathEnd);
    frames.line[frame] = numberIn(view, pathEnd + 1, end);
  }
  return { functions: stringsOf(functions), files: stringsOf(files), frames };
}

/** Offset of the last such byte in a range; -1: there is none. */
function lastIndexOf(view: DataView, byte: number, start: number, end: number): number {
  let at = end - 1;
  while (at >= start && view.getUint8(at) !== byte) at--;
  return at >= start ? at : -1;
}

/** The decimal number that a range is; -1: it is none. */
function numberIn(view: DataView, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = view.getUint8(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return start < end ? number : -1;
}

function stringsOf(heads: ByteInterner): string[] {
  return Array.from({ length: heads.size }, (_, number) => decodeUtf8(heads.head(number)));
}

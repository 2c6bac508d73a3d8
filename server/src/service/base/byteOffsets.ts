import { utf8Length } from "../../core/text/line.ts";
import { encodeUtf8 } from "../../core/text/utf8.ts";
import type { EncodeUtf8 } from "./ports.ts";

/** UTF-16 units encoded at a time where all is ASCII. */
const PLAIN_UNITS = 1024 * 1024;
/** UTF-16 units encoded at a time elsewhere: the most that is walked to translate one offset. */
const CHUNK_UNITS = 16 * 1024;

/**
 * Translates between the core's offsets (bytes of UTF-8) and those of a document (UTF-16 units). It knows where each
 * chunk of the text begins in both; a chunk of ASCII only costs nothing more.
 */
export class ByteOffsets {
  readonly #text: string;
  readonly #encode: EncodeUtf8;
  /** Where each chunk begins, and where the last one ends. */
  readonly #units: number[] = [0];
  readonly #bytes: number[] = [0];

  constructor(text: string, encode: EncodeUtf8 = encodeUtf8) {
    this.#text = text;
    this.#encode = encode;
  }

  /** A part of the text in UTF-8. */
  encodeText(part: string): Uint8Array {
    return this.#encode(part);
  }

  /** Parts of the text in UTF-8, side by side in memory: thousands of small buffers would take longer than encoding. */
  encodeTexts(parts: readonly string[]): Uint8Array[] {
    const room = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    return parts.map((part) => this.#encode(part, room.subarray(end, (end += part.length))));
  }

  /**
   * The text in UTF-8, in chunks, each of which may be overwritten by the next: memory that is met for the first time costs
   * more than encoding does. Offsets are known as far as it was read; read it once and to its end.
   */
  *encode(): Generator<Uint8Array> {
    const room = new Uint8Array(Math.min(PLAIN_UNITS, this.#text.length));
    let start = 0;
    while (start < this.#text.length) {
      const end = Math.min(start + PLAIN_UNITS, this.#text.length);
      const bytes = this.#encode(this.#text.slice(start, end), room);
      const isAscii = bytes.length === end - start;
      if (isAscii) yield this.#next(end, bytes);
      start = isAscii ? end : yield* this.#encodeChunks(start, end);
    }
  }

  /** Encodes up to `end`, or behind a pair of surrogates that is there. Gives where it ended. */
  *#encodeChunks(start: number, end: number): Generator<Uint8Array, number> {
    let from = start;
    while (from < end) {
      const to = endOfChunk(this.#text, from);
      yield this.#next(to, this.#encode(this.#text.slice(from, to)));
      from = to;
    }
    return from;
  }

  #next(end: number, bytes: Uint8Array): Uint8Array {
    this.#units.push(end);
    this.#bytes.push(this.#bytes[this.#bytes.length - 1]! + bytes.length);
    return bytes;
  }

  /** The offset in UTF-16 units; within a character it is the character's. */
  toUnits(byteOffset: number): number {
    const chunk = lastAtOrBefore(this.#bytes, byteOffset);
    const [units, bytes] = [this.#units[chunk]!, this.#bytes[chunk]!];
    const last = this.#units[chunk + 1] ?? units;
    const rest = Math.max(0, byteOffset - bytes);
    if (last - units === (this.#bytes[chunk + 1] ?? bytes) - bytes) return Math.min(last, units + rest);
    return this.#walk(units, last, rest);
  }

  /** The offset in bytes. */
  toBytes(unitOffset: number): number {
    const chunk = lastAtOrBefore(this.#units, unitOffset);
    const [units, bytes] = [this.#units[chunk]!, this.#bytes[chunk]!];
    const last = this.#units[chunk + 1] ?? units;
    const rest = Math.min(Math.max(0, unitOffset - units), last - units);
    if (last - units === (this.#bytes[chunk + 1] ?? bytes) - bytes) return bytes + rest;
    return bytes + utf8Length(this.#text.slice(units, last), rest);
  }

  /** The offset of the character that holds the byte `rest` behind `start`. */
  #walk(start: number, end: number, rest: number): number {
    let bytes = 0;
    for (let unit = start; unit < end;) {
      const code = this.#text.codePointAt(unit)!;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code > 0xffff ? 4 : 3;
      if (bytes > rest) return unit;
      unit += code > 0xffff ? 2 : 1;
    }
    return end;
  }
}

/** Where a chunk ends that starts at `start`: never between the halves of a surrogate pair. */
function endOfChunk(text: string, start: number): number {
  const end = Math.min(start + CHUNK_UNITS, text.length);
  const code = text.charCodeAt(end - 1);
  const splitsPair = code >= 0xd800 && code < 0xdc00 && end < text.length;
  return splitsPair ? end + 1 : end;
}

/** Index of the last of ascending starts that is at or before the offset. */
export function lastAtOrBefore(starts: ArrayLike<number>, offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

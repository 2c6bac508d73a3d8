import { copyBytes, sameBytes, viewOf } from "../text/bytes.ts";

/** From small: a text may hold thousands of dumps of one goroutine, and the engine allots the smallest arrays cheaply. */
const FIRST_STRINGS = 8;
const FIRST_BYTES = 1 << 8;

/** Byte strings as a plain value: string `n` goes from `starts[n]` up to `starts[n + 1]`. */
export interface ByteStrings {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/** Byte strings one behind the other, numbered 0, 1, 2, ... */
export class ByteList {
  #bytes: Uint8Array = new Uint8Array(FIRST_BYTES);
  #view = viewOf(this.#bytes);
  /** Start of each string in `#bytes`, plus the end of the last one. */
  #starts = new Uint32Array(FIRST_STRINGS);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  lengthOf(number: number): number {
    return this.#starts[number + 1]! - this.#starts[number]!;
  }

  /** A view that is valid until the next string is added. */
  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[number], this.#starts[number + 1]);
  }

  /** Whether the first `length` bytes of that string stand at `at` in `source`, which has so many from there on. */
  beginsAt(number: number, length: number, source: DataView, at: number): boolean {
    return sameBytes(this.#view, this.#starts[number]!, source, at, length);
  }

  /** Adds the bytes from `start` up to `end` of `source` and gives their number. */
  push(source: DataView, start: number, end: number): number {
    const number = this.#count++;
    const used = this.#starts[number]!;
    const behind = used + end - start;
    if (behind > this.#bytes.length) {
      this.#bytes = copyOf(this.#bytes, Math.max(this.#bytes.length * 2, behind));
      this.#view = viewOf(this.#bytes);
    }
    copyBytes(source, start, this.#view, used, end - start);
    if (this.#count === this.#starts.length) this.#starts = doubled(this.#starts);
    this.#starts[this.#count] = behind;
    return number;
  }

  /** A copy of all strings. */
  finish(): ByteStrings {
    const starts = this.#starts.slice(0, this.#count + 1);
    return { bytes: this.#bytes.slice(0, starts.at(-1)), starts };
  }
}

function copyOf(bytes: Uint8Array, length: number): Uint8Array {
  const grown = new Uint8Array(length);
  grown.set(bytes);
  return grown;
}

/** An array with the same numbers and room for as many more. */
export function doubled<T extends Uint32Array | Int32Array>(array: T): T {
  const grown = new (array.constructor as new (length: number) => T)(array.length * 2);
  grown.set(array);
  return grown;
}

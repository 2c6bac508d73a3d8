import { copyBytes, hashBytes, sameBytes, viewOf } from "../text/bytes.ts";

/** From small: a text may hold thousands of dumps of one goroutine, and the engine allots the smallest arrays cheaply. */
const FIRST_PAIRS = 8;
const FIRST_BYTES = 1 << 8;
const SEED = 0x811c9dc5 | 0;

/** The bytes of interned pairs, for reading only. */
export interface FrameArena {
  /** The bytes of all pairs, one after the other. Another view after a pair was added. */
  readonly view: DataView;
  /** Where pair `number` starts; of the number behind the last one: where all that is kept ends. */
  start(number: number): number;
  /** Where its head ends and its tail begins. */
  split(number: number): number;
  /** Where its tail ends, and what stood behind it when the pair was met first begins. */
  tailEnd(number: number): number;
}

/** The interned pairs as a plain value: pair `n` stands in `bytes` as in a {@link FrameArena}. */
export interface BytePairs {
  readonly bytes: Uint8Array;
  /** Start of each pair, plus the end of the last one. */
  readonly starts: Uint32Array;
  readonly splits: Uint32Array;
  readonly tailEnds: Uint32Array;
}

/**
 * Numbers distinct pairs of byte strings 0, 1, 2, ... in order of their first appearance. Open addressing over the
 * bytes themselves: a hit is verified byte by byte, so two pairs never share a number, and asking costs no string.
 */
export class ByteInterner implements FrameArena {
  #bytes: Uint8Array = new Uint8Array(FIRST_BYTES);
  #view = viewOf(this.#bytes);
  #used = 0;
  /** Start of each pair in `#bytes`, plus the end of the last one. */
  #starts = new Uint32Array(FIRST_PAIRS);
  #splits = new Uint32Array(FIRST_PAIRS);
  #tailEnds = new Uint32Array(FIRST_PAIRS);
  #hashes = new Int32Array(FIRST_PAIRS);
  /** Number + 1 of the pair in each slot; 0 where the slot is free. */
  #slots = new Int32Array(FIRST_PAIRS * 2);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  get view(): DataView {
    return this.#view;
  }

  start(number: number): number {
    return this.#starts[number]!;
  }

  split(number: number): number {
    return this.#splits[number]!;
  }

  tailEnd(number: number): number {
    return this.#tailEnds[number]!;
  }

  /** The bytes of a pair's head, and of its tail: views that are valid until the next pair is interned. */
  head(number: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[number], this.#splits[number]);
  }

  tail(number: number): Uint8Array {
    return this.#bytes.subarray(this.#splits[number], this.#tailEnds[number]);
  }

  /** A copy of all pairs. */
  pairs(): BytePairs {
    const count = this.#count;
    return {
      bytes: this.#bytes.slice(0, this.#used),
      starts: this.#starts.slice(0, count + 1),
      splits: this.#splits.slice(0, count),
      tailEnds: this.#tailEnds.slice(0, count),
    };
  }

  /**
   * The number of the pair whose head and tail are those ranges of `source`. What stands from `tailEnd` to `restEnd` is
   * kept with a new pair, and is no part of its identity.
   */
  intern(
    source: DataView,
    head: number,
    headEnd: number,
    tail: number,
    tailEnd: number,
    restEnd: number = tailEnd,
  ): number {
    const headLength = headEnd - head;
    const tailLength = tailEnd - tail;
    const hash = hashBytes(hashBytes(SEED, source, head, headLength), source, tail, tailLength);
    let slot = hash & (this.#slots.length - 1);
    for (;;) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#isPair(number, source, head, headLength, tail, tailLength))
        return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    this.#append(source, head, headLength);
    const split = this.#used;
    this.#append(source, tail, tailLength);
    const end = this.#used;
    this.#append(source, tailEnd, restEnd - tailEnd);
    return this.#add(slot, hash, split, end);
  }

  #isPair(
    number: number,
    source: DataView,
    head: number,
    headLength: number,
    tail: number,
    tailLength: number,
  ): boolean {
    const start = this.#starts[number]!;
    const split = this.#splits[number]!;
    if (split - start !== headLength || this.#tailEnds[number]! - split !== tailLength) return false;
    return (
      sameBytes(this.#view, start, source, head, headLength) && sameBytes(this.#view, split, source, tail, tailLength)
    );
  }

  #append(source: DataView, start: number, length: number): void {
    if (this.#used + length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
      grown.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = grown;
      this.#view = viewOf(grown);
    }
    copyBytes(source, start, this.#view, this.#used, length);
    this.#used += length;
  }

  #add(slot: number, hash: number, split: number, tailEnd: number): number {
    const number = this.#count++;
    if (this.#count + 1 >= this.#starts.length) {
      this.#starts = doubled(this.#starts, Uint32Array);
      this.#splits = doubled(this.#splits, Uint32Array);
      this.#tailEnds = doubled(this.#tailEnds, Uint32Array);
      this.#hashes = doubled(this.#hashes, Int32Array);
    }
    this.#hashes[number] = hash;
    this.#splits[number] = split;
    this.#tailEnds[number] = tailEnd;
    this.#starts[number + 1] = this.#used;
    this.#slots[slot] = number + 1;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#count; number++) {
      let slot = this.#hashes[number]! & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function doubled<T extends Uint32Array | Int32Array>(array: T, type: new (length: number) => T): T {
  const grown = new type(array.length * 2);
  grown.set(array);
  return grown;
}

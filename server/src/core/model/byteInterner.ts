import { hashBytes } from "../text/bytes.ts";
import { ByteList, doubled } from "./byteList.ts";

/** From small, as in `ByteList`. */
const FIRST_STRINGS = 8;
const SEED = 0x811c9dc5 | 0;

/**
 * Numbers distinct byte strings 0, 1, 2, ... in order of their first appearance. Open addressing over the bytes
 * themselves: a hit is verified byte by byte, so two strings never share a number, and asking costs no string.
 */
export class ByteInterner {
  readonly strings = new ByteList();
  #hashes = new Int32Array(FIRST_STRINGS);
  /** Number + 1 of the string in each slot; 0 where the slot is free. */
  #slots = new Int32Array(FIRST_STRINGS * 2);

  /** The number of the bytes from `start` up to `end` of `source`. */
  intern(source: DataView, start: number, end: number): number {
    const { strings } = this;
    const length = end - start;
    const hash = hashBytes(SEED, source, start, length);
    let slot = hash & (this.#slots.length - 1);
    for (;;) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) break;
      const isAlike = this.#hashes[number] === hash && strings.lengthOf(number) === length;
      if (isAlike && strings.beginsAt(number, length, source, start)) return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    const number = strings.push(source, start, end);
    if (number === this.#hashes.length) this.#hashes = doubled(this.#hashes);
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    if (strings.size * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.strings.size; number++) {
      let slot = this.#hashes[number]! & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

const FIRST_SLOTS = 1024;
const FIRST_BYTES = 1 << 16;

/**
 * Numbers distinct byte strings 0, 1, 2, ... in order of their first appearance. Open addressing over the bytes
 * themselves: a hit is verified byte by byte, so two strings never share a number, and asking costs no string.
 */
export class ByteInterner {
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;
  /** Start of each string in `#bytes`, plus the end of the last one. */
  #starts = new Uint32Array(FIRST_SLOTS);
  #hashes = new Int32Array(FIRST_SLOTS);
  /** Number + 1 of the string in each slot; 0 where the slot is free. */
  #slots = new Int32Array(FIRST_SLOTS * 2);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  /** The number of `head` followed by `tail`, both ranges of `source`, joined by a newline byte. */
  internPair(source: Uint8Array, headStart: number, headEnd: number, tailStart: number, tailEnd: number): number {
    const length = headEnd - headStart + 1 + (tailEnd - tailStart);
    this.#reserveBytes(length);
    const bytes = this.#bytes;
    let at = this.#used;
    let hash = 0x811c9dc5 | 0;
    for (let offset = headStart; offset < headEnd; offset++) {
      const byte = source[offset]!;
      bytes[at++] = byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    bytes[at++] = 0x0a;
    for (let offset = tailStart; offset < tailEnd; offset++) {
      const byte = source[offset]!;
      bytes[at++] = byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return this.#findOrAdd(hash ^ (hash >>> 15), length);
  }

  /** The bytes of string `number`, as a view that is valid until the next string is interned. */
  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[number], this.#starts[number + 1]);
  }

  /** The candidate lies behind the used bytes; it becomes a string of its own only when it is new. */
  #findOrAdd(hash: number, length: number): number {
    let slot = hash & (this.#slots.length - 1);
    for (;;) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#isCandidate(number, length)) return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    const number = this.#count++;
    this.#used += length;
    this.#reserveStrings();
    this.#hashes[number] = hash;
    this.#starts[number + 1] = this.#used;
    this.#slots[slot] = number + 1;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  #isCandidate(number: number, length: number): boolean {
    const start = this.#starts[number]!;
    if (this.#starts[number + 1]! - start !== length) return false;
    for (let index = 0; index < length; index++) {
      if (this.#bytes[start + index] !== this.#bytes[this.#used + index]) return false;
    }
    return true;
  }

  #reserveBytes(length: number): void {
    if (this.#used + length <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
  }

  #reserveStrings(): void {
    if (this.#count + 1 < this.#starts.length) return;
    const starts = new Uint32Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
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

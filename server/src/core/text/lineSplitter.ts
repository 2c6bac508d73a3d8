import type { TextPlace } from "./place.ts";
import type { Line } from "./line.ts";
import { decodeUtf8 } from "./utf8.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Bytes of one line that are kept; what is longer is cut into lines of this length. */
const LINE_LIMIT = 64 * 1024 * 1024;

/** Who takes the lines. */
export interface LineTaker {
  line(line: Line): void;
  /**
   * Offered the bytes of `chunk` from `start` on, a line's start at `place`. Gives the offset of the first line it has
   * not taken, and the number of those it has.
   */
  bulk(chunk: Uint8Array, start: number, place: TextPlace): { readonly end: number; readonly lines: number };
}

/** Cuts bytes that come in chunks into lines. */
export class LineSplitter {
  readonly #taker: LineTaker;
  /** The beginning of a line whose end has not come yet. */
  #carry: Uint8Array = new Uint8Array(0);
  #carried = 0;
  #number = 0;
  /** Offset of the carried beginning. */
  #offset = 0;

  constructor(taker: LineTaker) {
    this.#taker = taker;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      if (this.#carried === 0) start = this.#bulk(chunk, start);
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) break;
      this.#line(chunk, start, end, 1);
      start = end + 1;
    }
    this.#keep(chunk, start);
  }

  /** Where the text goes on; within a line, where that line begins. */
  get place(): TextPlace {
    return { line: this.#number, offset: this.#offset };
  }

  /** Goes on at `place`, the start of a line: the lines up to it were taken otherwise. */
  goOn({ line, offset }: TextPlace): void {
    this.#number = line;
    this.#offset = offset;
  }

  /** Emits what is left. `isCut`: the text did not end with a line end. */
  end(): { isCut: boolean; place: TextPlace } {
    const isCut = this.#carried > 0;
    if (isCut) this.#line(this.#carry, 0, 0, 0);
    return { isCut, place: this.place };
  }

  #bulk(chunk: Uint8Array, start: number): number {
    const { end, lines } = this.#taker.bulk(chunk, start, this.place);
    this.#number += lines;
    this.#offset += end - start;
    return end;
  }

  /** Emits the carried bytes and `chunk` up to `end` as one line. */
  #line(chunk: Uint8Array, start: number, end: number, terminator: number): void {
    let bytes = chunk;
    let [from, to] = [start, end];
    if (this.#carried > 0) {
      if (terminator > 0) this.#append(chunk, start, end);
      [bytes, from, to] = [this.#carry, 0, this.#carried];
    }
    const length = to - from + terminator;
    if (to > from && bytes[to - 1] === RETURN) to--;
    this.#taker.line({ text: decodeUtf8(bytes, from, to), number: this.#number, offset: this.#offset, runs: null });
    this.#carried = 0;
    this.#number++;
    this.#offset += length;
  }

  #keep(chunk: Uint8Array, start: number): void {
    let from = start;
    while (this.#carried + (chunk.length - from) > LINE_LIMIT) {
      const part = from + LINE_LIMIT - this.#carried;
      this.#append(chunk, from, part);
      this.#line(this.#carry, 0, 0, 0);
      this.#number--;
      from = part;
    }
    if (from < chunk.length) this.#append(chunk, from, chunk.length);
  }

  #append(chunk: Uint8Array, start: number, end: number): void {
    const needed = this.#carried + end - start;
    if (needed > this.#carry.length) {
      const grown = new Uint8Array(Math.max(needed, this.#carry.length * 2, 4096));
      grown.set(this.#carry.subarray(0, this.#carried));
      this.#carry = grown;
    }
    this.#carry.set(chunk.subarray(start, end), this.#carried);
    this.#carried = needed;
  }
}

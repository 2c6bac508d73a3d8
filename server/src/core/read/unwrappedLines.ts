import { copyBytes, viewOf } from "../text/bytes.ts";
import { ByteLine } from "../text/byteLine.ts";
import type { ByteLines } from "../text/byteLines.ts";
import { writtenTabsEnd } from "../unwrap/normalise.ts";

const TAB = 0x09;
const LF = 0x0a;
const FIRST_BYTES = 1 << 14;
const FIRST_LINES = 1 << 9;

/** Lines in bytes as a reader would be given them, one behind the other, and where each stood. */
export class UnwrappedLines {
  readonly #source: ByteLines;
  /** TextPlace in the source of the next line. */
  #next = 0;
  readonly #line = new ByteLine();
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = viewOf(this.#bytes);
  #length = 0;
  #count = 0;
  #blankEnd = 0;
  #offsets = new Float64Array(FIRST_LINES);
  #places = new Uint32Array(FIRST_LINES);

  constructor(source: ByteLines) {
    this.#source = source;
  }

  /** Begins anew with the line at that place of the source. */
  begin(place: number): void {
    this.#next = place;
    this.#length = 0;
    this.#count = 0;
    this.#blankEnd = 0;
  }

  /** Goes on to the first line whose place is `end` or behind it. False: it stops before a line that is not to be had. */
  extend(end: number): boolean {
    while (this.#next < end) if (!this.#take()) return false;
    return true;
  }

  /** Goes on to the end of the source. False as for {@link extend}. */
  takeAll(): boolean {
    while (!this.#source.isAtEnd(this.#next)) if (!this.#take()) return false;
    return true;
  }

  /** The lines so far, each with its LF; valid until the next line is taken. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Offset in {@link bytes} behind the last empty line; 0: there is none. */
  get blankEnd(): number {
    return this.#blankEnd;
  }

  /** Offsets in the text of what is left of each line. */
  get offsets(): Float64Array {
    return this.#offsets;
  }

  /** TextPlace in the source of the line behind so many of these. */
  placeBehind(lines: number): number {
    return lines === this.#count ? this.#next : this.#places[lines]!;
  }

  #take(): boolean {
    const next = this.#source.next(this.#line, this.#next);
    if (next < 0) return false;
    this.#append(this.#line);
    this.#next = next;
    return true;
  }

  #append(line: ByteLine): void {
    const length = line.end - line.start;
    this.#makeRoom(length + 1);
    this.#offsets[this.#count] = line.offset;
    this.#places[this.#count++] = this.#next;
    const tabs = writtenTabsEnd(line);
    if (tabs > line.start) this.#bytes[this.#length++] = TAB;
    copyBytes(line.view, tabs, this.#view, this.#length, line.end - tabs);
    this.#length += line.end - tabs;
    this.#bytes[this.#length++] = LF;
    if (length === 0) this.#blankEnd = this.#length;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes > this.#bytes.length) {
      const grown = new Uint8Array((this.#length + bytes) * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = viewOf(grown);
    }
    if (this.#count < this.#places.length) return;
    const offsets = new Float64Array(this.#count * 2);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
    const places = new Uint32Array(this.#count * 2);
    places.set(this.#places);
    this.#places = places;
  }
}

import { copyBytes, findLineFeed, viewOf } from "../text/bytes.ts";
import { ByteLine } from "../text/byteLine.ts";
import { writtenTabsEnd } from "../unwrap/normalise.ts";
import { type BulkStep, unwrapAlong } from "./bulkPath.ts";

const TAB = 0x09;
const LF = 0x0a;
const FIRST_BYTES = 1 << 14;
const FIRST_LINES = 1 << 9;

/** Lines in bytes without what they are wrapped in, one behind the other, and where each stood. */
export class UnwrappedLines {
  #steps: readonly BulkStep[] = [];
  #source: Uint8Array = new Uint8Array(0);
  #sourceView = viewOf(this.#source);
  /** Offset in the source of the next line. */
  #next = 0;
  /** What is added to an offset in the source. */
  #shift = 0;
  readonly #line = new ByteLine();
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = viewOf(this.#bytes);
  #length = 0;
  #count = 0;
  #blankEnd = 0;
  #offsets = new Float64Array(FIRST_LINES);
  #starts = new Uint32Array(FIRST_LINES);

  /** Begins anew with the line of `source` at `start`, which stands at `offset` in the text. */
  begin(steps: readonly BulkStep[], source: Uint8Array, start: number, offset: number): void {
    this.#steps = steps;
    if (source !== this.#source) this.#sourceView = viewOf(source);
    this.#source = source;
    this.#next = start;
    this.#shift = offset - start;
    this.#length = 0;
    this.#count = 0;
    this.#blankEnd = 0;
  }

  /** Goes on to the first line that begins at `end` or behind it. False: it stops before a line that is not to be had. */
  extend(end: number): boolean {
    while (this.#next < end) if (!this.#take(this.#lineEnd())) return false;
    return true;
  }

  /** Goes on to the end of the source, or a last line without its end. False as for {@link extend}. */
  takeAll(): boolean {
    for (let end = this.#lineEnd(); end >= 0; end = this.#lineEnd()) if (!this.#take(end)) return false;
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

  /** Offset in the source behind so many lines. */
  endOf(lines: number): number {
    return lines === this.#count ? this.#next : this.#starts[lines]!;
  }

  /** Offset of the LF that ends the next line; -1: it has none. */
  #lineEnd(): number {
    return findLineFeed(this.#sourceView, this.#next, this.#source.length);
  }

  #take(lineEnd: number): boolean {
    if (lineEnd < 0) return false;
    const line = this.#line;
    line.set(this.#source, this.#sourceView, this.#next, lineEnd, this.#next + this.#shift);
    if (!unwrapAlong(this.#steps, line)) return false;
    this.#append(line);
    this.#next = lineEnd + 1;
    return true;
  }

  #append(line: ByteLine): void {
    const length = line.end - line.start;
    this.#makeRoom(length + 1);
    this.#offsets[this.#count] = line.offset;
    this.#starts[this.#count++] = this.#next;
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
    if (this.#count < this.#starts.length) return;
    const offsets = new Float64Array(this.#count * 2);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
    const starts = new Uint32Array(this.#count * 2);
    starts.set(this.#starts);
    this.#starts = starts;
  }
}

import { viewOf } from "./bytes.ts";

const CARRIAGE_RETURN = 0x0d;

/** A line in bytes, on its way out of what it is wrapped in. It changes: one object serves all lines of a text. */
export class ByteLine {
  bytes: Uint8Array = new Uint8Array(0);
  /** Of `bytes`. */
  view: DataView = viewOf(this.bytes);
  /** Offset in `bytes` of the first character. */
  start = 0;
  /** Offset behind the last one; the line end is no part of the line. */
  end = 0;
  /** Offset in the original text of the first character. */
  offset = 0;
  /** So many bytes from `start` on stand one behind the other in the original text, too. */
  straight = 0;

  /** Becomes the line of `bytes` that begins at `start` and ends before the LF at `lineEnd`. */
  set(bytes: Uint8Array, view: DataView, start: number, lineEnd: number, offset: number): void {
    this.bytes = bytes;
    this.view = view;
    this.start = start;
    this.end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    this.offset = offset;
    this.straight = this.end - start;
  }

  /** Whether it is known where the byte at `at` stands in the original text. */
  knowsPlaceOf(at: number): boolean {
    return at - this.start <= this.straight;
  }

  /** Leaves out what stands before `at`, of which the place must be known. */
  beginAt(at: number): void {
    const skipped = at - this.start;
    this.start = at;
    this.offset += skipped;
    this.straight -= skipped;
  }

  /** Becomes what was decoded of it, of which so many bytes stand like that in the line. */
  become(bytes: Uint8Array, view: DataView, length: number, straight: number): void {
    this.bytes = bytes;
    this.view = view;
    this.start = 0;
    this.end = length;
    this.straight = Math.min(this.straight, straight);
  }
}

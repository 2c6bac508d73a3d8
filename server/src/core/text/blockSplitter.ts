const LF = 0x0a;
/** Bytes that are held back at most while no blank line comes. */
const HELD_LIMIT = 1 << 20;

/**
 * Cuts a stream of bytes behind blank lines instead of wherever a chunk ends, so that goroutines stay whole and can be
 * read in bulk.
 */
export class BlockSplitter {
  readonly #sink: (bytes: Uint8Array) => void;
  /** What came behind the last blank line. */
  #held = new Uint8Array(1 << 14);
  #length = 0;

  constructor(sink: (bytes: Uint8Array) => void) {
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    if (this.#length > 0) {
      start = firstBlankLine(chunk);
      this.#hold(chunk.subarray(0, start));
      if (start < chunk.length || this.#length > HELD_LIMIT) this.end();
    }
    const end = Math.max(start, lastBlankLine(chunk));
    if (end > start) this.#sink(chunk.subarray(start, end));
    this.#hold(chunk.subarray(end));
  }

  /** Hands over what is held back. */
  end(): void {
    if (this.#length > 0) this.#sink(this.#held.subarray(0, this.#length));
    this.#length = 0;
  }

  #hold(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#held.length) {
      const grown = new Uint8Array(Math.max(length, this.#held.length * 2));
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(bytes, this.#length);
    this.#length = length;
  }
}

/** Offset behind the last empty line: up to it every search for a line end succeeds. 0: there is none. */
export function lastBlankLine(bytes: Uint8Array): number {
  let at = bytes.lastIndexOf(LF);
  while (at > 0 && bytes[at - 1] !== LF) at = bytes.lastIndexOf(LF, at - 1);
  return at > 0 ? at + 1 : 0;
}

/** Offset behind the first empty line; the length where there is none. */
function firstBlankLine(bytes: Uint8Array): number {
  let at = bytes.indexOf(LF);
  while (at >= 0 && bytes[at + 1] !== LF) at = bytes.indexOf(LF, at + 1);
  return at < 0 ? bytes.length : at + 2;
}

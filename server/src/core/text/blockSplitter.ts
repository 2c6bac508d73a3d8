const LF = 0x0a;
/** Bytes that are held back at most while no blank line comes: what a server may read in one turn, more than a goroutine that Go prints. */
const HELD_LIMIT = 1 << 17;

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
    const end = start < chunk.length ? Math.max(start, lastBlankLine(chunk)) : start;
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
  // Of two line feeds in a row every second byte is one.
  for (let at = bytes.length - 2; at >= 0; at -= 2) {
    if (bytes[at] !== LF) continue;
    if (bytes[at + 1] === LF) return at + 2;
    if (at > 0 && bytes[at - 1] === LF) return at + 1;
  }
  return 0;
}

/** Offset behind the first empty line; the length where there is none. */
function firstBlankLine(bytes: Uint8Array): number {
  for (let at = 1; at < bytes.length; at += 2) {
    if (bytes[at] !== LF) continue;
    if (bytes[at - 1] === LF) return at + 1;
    if (bytes[at + 1] === LF) return at + 2;
  }
  return bytes.length;
}

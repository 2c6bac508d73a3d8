import type { Line } from "../../text/line.ts";

/** Lines of a panic's value that are held back: more of them are no value. */
const LIMIT = 200;

/**
 * Lines behind a panic that look like goroutines but may be part of its value: until Go 1.22 a value is printed raw, and
 * may hold a whole dump (golang/go#64590). The panicking goroutine, which is running, comes first.
 */
export class Suspects {
  #lines: Line[] = [];

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** False when there are too many to go on waiting. */
  add(line: Line): boolean {
    if (this.#lines.length === LIMIT) return false;
    this.#lines.push(line);
    return true;
  }

  /** Empties the list and gives what was in it. */
  clear(): readonly Line[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}

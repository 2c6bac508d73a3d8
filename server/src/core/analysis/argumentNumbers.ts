import type { Frame } from "../model/stack.ts";
import type { Call, PointerArgument, Sought } from "./arguments.ts";

const [TAB, LF, OPEN, CLOSE, ZERO, X, UNSURE] = [0x09, 0x0a, 0x28, 0x29, 0x30, 0x78, 0x3f];
const TEXT = /0x([0-9a-f]+)(\??)/g;
/** Digits of a number of 64 bits, and of half of one. */
const [MOST_DIGITS, HALF] = [16, 8];
/** Words that are kept of a number: its halves, and its mark. */
const WORDS = 3;
const FIRST_ROOM = 1024 * WORDS;
/** Bits of a number's mark; those above are the frame's index. */
const [IS_SURE, IS_FIRST, FRAME_SHIFT] = [1, 2, 2];
/** Lower numbers are lengths, flags, offsets of nil pointers: no address. */
const LOWEST_ADDRESS = 0x10000;
/** By byte: the hexadecimal digit that it is, or -1. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) => "0123456789abcdef".indexOf(String.fromCharCode(byte)));

/** Words from `start` up to `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const NONE: Span = { start: 0, end: 0 };

/**
 * The numbers among the arguments of goroutines that may be addresses. They are kept as words, because there are tens of
 * thousands, of which a few are asked for.
 */
export class ArgumentNumbers {
  #words = new Uint32Array(FIRST_ROOM);
  #length = 0;
  /** Where the words of each row begin and end. */
  readonly #spans = new Map<number, Span>();

  /** Adds those of a row from the lines below its header, where these are as Go prints them; false: they are not. */
  addText(row: number, body: Uint8Array, frames: readonly Frame[]): boolean {
    const start = this.#length;
    let line = 0;
    for (let index = 0; index < frames.length; index++) {
      line = this.#addLine(body, line, index, frames[index]!);
      if (line < 0) return false;
    }
    this.#spans.set(row, { start, end: this.#length });
    return true;
  }

  /** Adds those of a row from its calls. */
  addCalls(row: number, calls: readonly Call[]): void {
    const start = this.#length;
    for (const [frame, { args }] of calls.entries()) {
      for (const { index, 1: digits = "", 2: mark } of args?.matchAll(TEXT) ?? []) {
        if (digits.length > MOST_DIGITS) continue;
        const [high, low] = [digits.slice(0, -HALF), digits.slice(-HALF)].map((half) =>
          Number.parseInt(`0${half}`, 16),
        );
        this.#add(high!, low!, markOf(frame, mark === "", index === 0));
      }
    }
    this.#spans.set(row, { start, end: this.#length });
  }

  /** The first argument of a row's call, where it may be an address. */
  first(row: number, frame: number): PointerArgument | undefined {
    const { start, end } = this.#spanOf(row, frame);
    const mark = this.#words[start + 2]!;
    if (start === end || (mark & IS_FIRST) === 0) return undefined;
    return { address: this.#addressAt(start), isSure: (mark & IS_SURE) !== 0 };
  }

  /** The sure ones of a row's call, in their order. */
  sureAt(row: number, frame: number): readonly bigint[] {
    const { start, end } = this.#spanOf(row, frame);
    const found: bigint[] = [];
    for (let at = start; at < end; at += WORDS)
      if ((this.#words[at + 2]! & IS_SURE) !== 0) found.push(this.#addressAt(at));
    return found;
  }

  /** Hands over the sure ones of a row that may be sought, in the order of its calls. */
  find(row: number, sought: Sought, take: (address: bigint, frame: number) => void): void {
    const { start, end } = this.#spans.get(row) ?? NONE;
    for (let at = start; at < end; at += WORDS) {
      const mark = this.#words[at + 2]!;
      if ((mark & IS_SURE) !== 0 && sought.mayBe(this.#words[at + 1]!)) take(this.#addressAt(at), mark >>> FRAME_SHIFT);
    }
  }

  /** Where the words of a row's call begin and end. */
  #spanOf(row: number, frame: number): Span {
    const span = this.#spans.get(row) ?? NONE;
    return { start: this.#firstOf(span, frame), end: this.#firstOf(span, frame + 1) };
  }

  /** Where those of a frame begin, or would: they are in the order of the frames. */
  #firstOf({ start, end }: Span, frame: number): number {
    let [low, high] = [start / WORDS, end / WORDS];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[middle * WORDS + 2]! >>> FRAME_SHIFT < frame) low = middle + 1;
      else high = middle;
    }
    return low * WORDS;
  }

  /** Adds those of a call and its place. Gives where the next call begins; -1: the lines are others. */
  #addLine(body: Uint8Array, line: number, index: number, { function: name, file }: Frame): number {
    const open = line + name.length;
    if (body[open] !== OPEN) return -1;
    const end = this.#addArguments(body, open + 1, index);
    if (end < 0 || body[end - 1] !== CLOSE || body[end + 1] !== TAB) return -1;
    let next = end + (file?.length ?? 0);
    while (next < body.length && body[next] !== LF) next++;
    return next + 1;
  }

  /** Gives where the line ends; -1: it is no call as Go prints it. */
  #addArguments(body: Uint8Array, open: number, frame: number): number {
    let index = open;
    for (; body[index] !== LF; index++) {
      if (index >= body.length || body[index] === OPEN) return -1;
      if (body[index] !== X || body[index - 1] !== ZERO) continue;
      const isFirst = index === open + 1;
      let [high, low, digits] = [0, 0, 0];
      for (let digit = DIGITS[body[++index]!]!; digit >= 0; digit = DIGITS[body[++index]!]!) {
        high = (high << 4) | (low >>> 28);
        low = (low << 4) | digit;
        digits++;
      }
      const mark = markOf(frame, body[index] !== UNSURE, isFirst);
      if (digits <= MOST_DIGITS) this.#add(high >>> 0, low >>> 0, mark);
      index--;
    }
    return index;
  }

  #add(high: number, low: number, mark: number): void {
    if (high === 0 && low < LOWEST_ADDRESS) return;
    if (this.#length === this.#words.length) this.#grow();
    this.#words[this.#length++] = high;
    this.#words[this.#length++] = low;
    this.#words[this.#length++] = mark;
  }

  #grow(): void {
    const grown = new Uint32Array(this.#words.length * 2);
    grown.set(this.#words);
    this.#words = grown;
  }

  #addressAt(at: number): bigint {
    return (BigInt(this.#words[at]!) << 32n) | BigInt(this.#words[at + 1]!);
  }
}

function markOf(frame: number, isSure: boolean, isFirst: boolean): number {
  return (frame << FRAME_SHIFT) | (isSure ? IS_SURE : 0) | (isFirst ? IS_FIRST : 0);
}

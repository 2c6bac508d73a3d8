import type { BulkTarget } from "../../model/draft.ts";
import { NO_LABELS, NO_WAIT } from "../../model/dump.ts";
import { suffixFlags } from "../../model/state.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { asciiBytes, isDigit, isPrintable, startsWith } from "../../text/ascii.ts";
import { readHeader } from "./header.ts";

const LF = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const MINUTES = asciiBytes(" minutes]:\n");
const END = asciiBytes("]:\n");
/** What is noted of a text when it is read line by line. */
const DAMAGED = /[\0\ufffd]/;

/** States that a header's bytes are compared with; others are looked up as text. */
const STATES_COMPARED = 64;

interface KnownState {
  readonly bytes: Uint8Array;
  readonly state: number;
  readonly flags: number;
}

/** Reads headers from bytes: `18 [chan receive, 4 minutes]:` without a string, all others through `readHeader`. */
export class BulkHeader {
  id = 0;
  state = 0;
  wait = NO_WAIT;
  flags = 0;
  labels = NO_LABELS;
  readonly #builder: BulkTarget;
  /** The first states met; a dump has a dozen. */
  readonly #states: KnownState[] = [];

  constructor(builder: BulkTarget) {
    this.#builder = builder;
  }

  /** Reads the header whose id starts at `start`; gives the offset of the next line, or -1: it is none. */
  read(bytes: Uint8Array, start: number): number {
    let at = start;
    let id = 0;
    while (isDigit(bytes[at]!)) id = id * 10 + (bytes[at++]! - 0x30);
    if (at === start || id > Number.MAX_SAFE_INTEGER) return -1;
    this.id = id;
    if (bytes[at] !== SPACE || bytes[at + 1] !== OPEN_BRACKET) return this.#readOther(bytes, start);
    const inside = at + 2;
    at = inside;
    while (bytes[at] !== COMMA && bytes[at] !== CLOSE_BRACKET && bytes[at] !== QUOTE && isPrintable(bytes[at]!)) at++;
    const stateEnd = at;
    at = this.#readWait(bytes, at);
    if (at < 0) return this.#readOther(bytes, start);
    this.labels = NO_LABELS;
    this.#readState(bytes, inside, stateEnd);
    return at;
  }

  /** From behind the state, `]:` or `, 4 minutes]:`: offset of the next line; -1: something else stands there. */
  #readWait(bytes: Uint8Array, start: number): number {
    this.wait = NO_WAIT;
    if (startsWith(bytes, start, END)) return start + END.length;
    let at = start + 2;
    let minutes = 0;
    while (isDigit(bytes[at]!)) minutes = minutes * 10 + (bytes[at++]! - 0x30);
    const isWait = bytes[start] === COMMA && bytes[start + 1] === SPACE && at > start + 2;
    if (!isWait || !startsWith(bytes, at, MINUTES)) return -1;
    this.wait = Math.min(minutes, NO_WAIT - 1);
    return at + MINUTES.length;
  }

  #readState(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    for (const known of this.#states) {
      if (known.bytes.length !== length || !startsWith(bytes, start, known.bytes)) continue;
      this.state = known.state;
      this.flags = known.flags;
      return;
    }
    const text = decodeUtf8(bytes, start, end);
    const known = { bytes: bytes.slice(start, end), state: this.#builder.state(text), flags: suffixFlags(text) };
    if (this.#states.length < STATES_COMPARED) this.#states.push(known);
    this.state = known.state;
    this.flags = known.flags;
  }

  #readOther(bytes: Uint8Array, start: number): number {
    let end = start;
    while (bytes[end]! >= SPACE) end++;
    // What stands behind the colon may be the first call.
    if (bytes[end] !== LF || bytes[end - 1] !== COLON) return -1;
    const text = decodeUtf8(bytes, start, end);
    const header = DAMAGED.test(text) ? undefined : readHeader(`goroutine ${text}`);
    if (header === undefined) return -1;
    this.state = this.#builder.state(header.state);
    this.wait = header.wait;
    this.flags = header.flags;
    this.labels = this.#builder.labelSet(header.labels);
    return end + 1;
  }
}

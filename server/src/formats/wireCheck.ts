import { type Message, say } from "../core/text/say.ts";
/**
 * What a hostile file may make the decoder allocate: about 250 bytes for each field of a message, 8 for each packed
 * number (measured with pprof-format 2.3). Go writes a sample of some six fields for each distinct stack and label set.
 */
export const FIELD_LIMIT = 1_500_000;
const NUMBER_LIMIT = 8_000_000;

/** Which fields of a message hold messages, and which hold packed numbers (`profile.proto` of google/pprof). */
interface Schema {
  readonly messages: Readonly<Record<number, Schema>>;
  readonly numbers: ReadonlySet<number>;
}

const FLAT: Schema = { messages: {}, numbers: new Set() };
const SAMPLE: Schema = { messages: { 3: FLAT }, numbers: new Set([1, 2]) };
const LOCATION: Schema = { messages: { 4: FLAT }, numbers: new Set() };
const PROFILE: Schema = {
  messages: { 1: FLAT, 2: SAMPLE, 3: FLAT, 4: LOCATION, 5: FLAT, 11: FLAT },
  numbers: new Set([13]),
};

const VARINT = 0;
const LENGTH_DELIMITED = 2;
/** Bytes of the longest 64-bit varint. */
const VARINT_LIMIT = 10;

/** Why bytes are not decoded: they are none of a profile's, or of one beyond the limit. */
export interface WireFault {
  readonly kind: "binary" | "limit";
  /** Reads behind "This looks like a pprof profile, but". */
  readonly message: Message;
}

const FOREIGN: WireFault = { kind: "binary", message: say`it has fields that profiles do not have` };
const CUT: WireFault = { kind: "binary", message: say`it is cut, or damaged` };
const LONG: WireFault = { kind: "binary", message: say`a number in it is longer than 64 bits` };
const MANY: WireFault = { kind: "limit", message: say`it has more than ${FIELD_LIMIT} fields, or too many numbers` };

/**
 * Why these bytes are no profile that can be decoded safely; null when they are one. The decoder
 * trusts lengths, reads varints of any size into a BigInt, and makes an object for each message: so the whole file is
 * walked first, without allocating anything. The schema is three messages deep, so nothing recurses further.
 */
export function findWireFault(bytes: Uint8Array): WireFault | null {
  const walk = new Walk(bytes);
  return walk.message(0, bytes.length, PROFILE) ? null : walk.fault;
}

class Walk {
  fault = CUT;
  readonly #bytes: Uint8Array;
  #fields = 0;
  #numbersRead = 0;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether the bytes from `start` to `end` are a message of that schema. */
  message(start: number, end: number, schema: Schema): boolean {
    this.#at = start;
    while (this.#at < end) {
      if (++this.#fields > FIELD_LIMIT) return this.#refuse(MANY);
      const tag = this.#bytes[this.#at++]!;
      if (tag >= 0x80) return this.#refuse(FOREIGN);
      const isRead = (tag & 7) === VARINT ? this.#varint(end) >= 0 : this.#block(tag, end, schema);
      if (!isRead) return false;
    }
    return this.#at === end;
  }

  #block(tag: number, end: number, schema: Schema): boolean {
    if ((tag & 7) !== LENGTH_DELIMITED) return this.#refuse(FOREIGN);
    const length = this.#varint(end);
    if (length < 0) return false;
    const [start, blockEnd] = [this.#at, this.#at + length];
    if (blockEnd > end) return this.#refuse(CUT);
    const inner = schema.messages[tag >> 3];
    if (inner !== undefined) return this.message(start, blockEnd, inner);
    if (schema.numbers.has(tag >> 3)) return this.#numbers(blockEnd);
    this.#at = blockEnd;
    return true;
  }

  #numbers(end: number): boolean {
    while (this.#at < end) {
      if (++this.#numbersRead > NUMBER_LIMIT) return this.#refuse(MANY);
      if (this.#varint(end) < 0) return false;
    }
    return true;
  }

  /** The number at this place, or -1. Beyond 2^53 it is not exact, which no length or count needs. */
  #varint(end: number): number {
    let value = 0;
    for (let index = 0; index < VARINT_LIMIT; index++) {
      if (this.#at >= end) return this.#fail(CUT);
      const byte = this.#bytes[this.#at++]!;
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    return this.#fail(LONG);
  }

  #fail(fault: WireFault): -1 {
    this.fault = fault;
    return -1;
  }

  #refuse(fault: WireFault): false {
    this.fault = fault;
    return false;
  }
}

import { Gunzip } from "fflate";
import { concat } from "./concat.ts";
import { crc32 } from "./crc32.ts";

/** What unpacking may produce: a gzip file of some megabytes can hold terabytes. */
export interface ExpansionLimit {
  /** Bytes in all. */
  readonly bytes: number;
  /** Bytes out for each byte in, once {@link graceBytes} are out; a dump of equal goroutines reaches about 150. */
  readonly ratio: number;
  readonly graceBytes: number;
}

/** Enough for the largest dumps there are. */
export const DEFAULT_EXPANSION: ExpansionLimit = { bytes: 4 * 1024 ** 3, ratio: 400, graceBytes: 64 * 1024 ** 2 };

/**
 * Bytes that are unpacked at a time: deflate makes at most 1032 of one, so this bounds what is held. The steps are the
 * same however the bytes come, so damage is found at the same place.
 */
const STEP = 16 * 1024;

/**
 * Packed bytes without anything unpacked: those of a header, whose name and comment may have any length, or of blocks that
 * hold nothing. What goes on like that is no gzip.
 */
const SILENCE = 256 * 1024;
/** Checksum and length, which end each member. */
const TRAILER = 8;

/** How unpacking ended: whole; cut or damaged; whole, but other bytes than were packed; or stopped at a limit. */
export type GunzipEnd = "whole" | "damaged" | "checksum" | "limit";

/** Unpacks gzip as it comes, member by member, up to a limit. */
export class BoundedGunzip {
  readonly #gunzip: Gunzip;
  readonly #limit: ExpansionLimit;
  #end: GunzipEnd = "whole";
  readonly #buffer = new Uint8Array(STEP);
  #buffered = 0;
  /** Whether all members so far are what was packed. */
  #isSound = true;
  #in = 0;
  #out = 0;
  /** Bytes in when the last ones came out. */
  #heard = 0;
  /** Of the member that is being unpacked. */
  #crc = 0;
  #length = 0;
  /** The last packed bytes: enough to hold the trailer of a member when the next one shows. */
  #recent: Uint8Array = new Uint8Array(0);

  /** `take` gets the unpacked bytes, a part at a time. */
  constructor(take: (bytes: Uint8Array) => void, limit: ExpansionLimit = DEFAULT_EXPANSION) {
    this.#limit = limit;
    this.#gunzip = new Gunzip((bytes) => {
      if (bytes.length === 0) return;
      this.#out += bytes.length;
      this.#heard = this.#in;
      this.#crc = crc32(bytes, this.#crc);
      this.#length += bytes.length;
      if (this.#end === "whole") take(bytes);
    });
    this.#gunzip.onmember = (start) => this.#endMember(start - (this.#in - this.#recent.length));
  }

  /** Takes the next packed bytes. Nothing more comes out once the limit is reached or the data turns out damaged. */
  push(chunk: Uint8Array): void {
    for (let start = 0; start < chunk.length && this.#end === "whole";) {
      const part = chunk.subarray(start, start + STEP - this.#buffered);
      this.#buffer.set(part, this.#buffered);
      this.#buffered += part.length;
      start += part.length;
      if (this.#buffered === STEP) this.#flush(false);
    }
  }

  /** Ends the packed bytes and says how it went. */
  end(): GunzipEnd {
    if (this.#end === "whole") this.#flush(true);
    if (this.#end === "whole") this.#endMember(this.#recent.length);
    return this.#isSound || this.#end !== "whole" ? this.#end : "checksum";
  }

  /** Compares a member with its trailer, which ends at that place of the recent bytes. */
  #endMember(end: number): void {
    const trailer = this.#recent.subarray(Math.max(0, end - TRAILER), end);
    if (trailer.length < TRAILER) this.#isSound = false;
    else {
      const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER);
      const isSame = view.getUint32(0, true) === this.#crc && view.getUint32(4, true) === this.#length % 2 ** 32;
      this.#isSound &&= isSame;
    }
    [this.#crc, this.#length] = [0, 0];
  }

  #flush(isLast: boolean): void {
    const part = this.#buffer.slice(0, this.#buffered);
    this.#buffered = 0;
    this.#step(part, isLast);
  }

  #step(part: Uint8Array, isLast: boolean): void {
    this.#in += part.length;
    this.#recent = concat([this.#recent.subarray(-STEP), part]);
    try {
      this.#gunzip.push(part, isLast);
    } catch {
      this.#end = "damaged";
      return;
    }
    const { bytes, ratio, graceBytes } = this.#limit;
    if (this.#in - this.#heard > SILENCE) this.#end = "damaged";
    if (this.#out > bytes || (this.#out > graceBytes && this.#out > this.#in * ratio)) this.#end = "limit";
  }
}

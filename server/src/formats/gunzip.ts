import { Gunzip } from "fflate";

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

/** How unpacking ended: whole; cut or damaged; or stopped at a limit. */
export type GunzipEnd = "whole" | "damaged" | "limit";

/** Unpacks gzip as it comes, member by member, up to a limit. */
export class BoundedGunzip {
  readonly #gunzip: Gunzip;
  readonly #limit: ExpansionLimit;
  #end: GunzipEnd = "whole";
  readonly #buffer = new Uint8Array(STEP);
  #buffered = 0;
  #in = 0;
  #out = 0;

  /** `take` gets the unpacked bytes, a part at a time. */
  constructor(take: (bytes: Uint8Array) => void, limit: ExpansionLimit = DEFAULT_EXPANSION) {
    this.#limit = limit;
    this.#gunzip = new Gunzip((bytes) => {
      this.#out += bytes.length;
      if (this.#end === "whole" && bytes.length > 0) take(bytes);
    });
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
    return this.#end;
  }

  #flush(isLast: boolean): void {
    const part = this.#buffer.slice(0, this.#buffered);
    this.#buffered = 0;
    this.#step(part, isLast);
  }

  #step(part: Uint8Array, isLast: boolean): void {
    this.#in += part.length;
    try {
      this.#gunzip.push(part, isLast);
    } catch {
      this.#end = "damaged";
      return;
    }
    const { bytes, ratio, graceBytes } = this.#limit;
    if (this.#out > bytes || (this.#out > graceBytes && this.#out > this.#in * ratio)) this.#end = "limit";
  }
}

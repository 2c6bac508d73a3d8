import { encodeUtf8 } from "../core/text/utf8.ts";

/** Turns UTF-16 that comes in chunks into UTF-8: what PowerShell 5 writes with `>`. */
export class Utf16Transcoder {
  readonly #low: 0 | 1;
  /** A byte, and a high surrogate, whose other half has not come yet. */
  #byte = -1;
  #surrogate = "";

  constructor(littleEndian: boolean) {
    this.#low = littleEndian ? 0 : 1;
  }

  /** The bytes of that chunk in UTF-8. */
  push(chunk: Uint8Array): Uint8Array {
    const units: string[] = this.#surrogate === "" ? [] : [this.#surrogate];
    this.#surrogate = "";
    for (const byte of chunk) {
      if (this.#byte < 0) {
        this.#byte = byte;
        continue;
      }
      const unit = this.#low === 0 ? this.#byte | (byte << 8) : (this.#byte << 8) | byte;
      units.push(String.fromCharCode(unit));
      this.#byte = -1;
    }
    const last = units.at(-1) ?? "";
    if (last >= "\ud800" && last <= "\udbff") this.#surrogate = units.pop() ?? "";
    return encodeUtf8(units.join(""));
  }
}

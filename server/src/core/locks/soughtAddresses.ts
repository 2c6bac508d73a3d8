const PREFIX = "0x";
const UNSURE = "?";
/** Low bits of an address by which almost all others are told apart. */
const LOW_BITS = 0xffff;
const NONE: readonly string[] = [];

/**
 * Finds addresses among the arguments of calls. Of the tens of thousands of numbers that are looked at, few are sought: no
 * string is made of the others.
 */
export class SoughtAddresses {
  /** 1 at the low bits of those that are sought. */
  readonly #low = new Uint8Array(LOW_BITS + 1);

  add(address: bigint): void {
    this.#low[Number(address & BigInt(LOW_BITS))] = 1;
  }

  /** The sure numbers among the arguments that may be sought, as they are printed. */
  among(args: string): readonly string[] {
    let found: string[] | undefined;
    for (let start = args.indexOf(PREFIX); start >= 0;) {
      let end = start + PREFIX.length;
      let low = 0;
      for (let digit = digitAt(args, end); digit >= 0; digit = digitAt(args, ++end)) low = (low << 4) | digit;
      if (this.#low[low & LOW_BITS] === 1 && args[end] !== UNSURE) (found ??= []).push(args.slice(start, end));
      start = args.indexOf(PREFIX, end);
    }
    return found ?? NONE;
  }
}

/** The hexadecimal digit there; -1: there is none. */
function digitAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

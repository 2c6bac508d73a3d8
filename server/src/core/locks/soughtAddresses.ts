import type { Sought } from "../analysis/arguments.ts";

/** Low bits of an address by which almost all others are told apart. */
const LOW_BITS = 0xffff;

/** Addresses that are sought among the arguments of calls: of tens of thousands of other numbers no more is made. */
export class SoughtAddresses implements Sought {
  /** 1 at the low bits of those that are sought. */
  readonly #low = new Uint8Array(LOW_BITS + 1);

  add(address: bigint): void {
    this.#low[Number(address & BigInt(LOW_BITS))] = 1;
  }

  mayBe(low: number): boolean {
    return this.#low[low & LOW_BITS] === 1;
  }
}

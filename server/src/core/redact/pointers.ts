/** Numbers below are lengths, flags and offsets; see `ArgumentNumbers`. */
const LOWEST = 0x10000n;
/** Bits of an address that stay: within a page of a megabyte everything keeps its distance. */
const PAGE_BITS = 20n;
/** Pages that keep their distance from each other: a lock lies in its value, which may cross a page's border. */
const NEAR = 7n;
/** New pages are here, where no Go program has its heap (`runtime/malloc.go`) or its code. */
const FIRST_PAGE = 0xe000000000n >> PAGE_BITS;

/** Renames addresses: equal ones alike, and those near to each other stay as near. */
export class PointerNames {
  readonly #pages = new Map<bigint, bigint>();
  /** Old page of each region, and the new one. */
  readonly #anchors: { readonly page: bigint; readonly renamed: bigint }[] = [];

  /** `0xc000118008?` as it is printed, renamed; the race detector prints leading zeros. Small numbers stay. */
  rename(printed: string): string {
    const digits = printed.slice(2);
    const address = BigInt(printed);
    if (address < LOWEST) return printed;
    const page = this.#page(address >> PAGE_BITS);
    const renamed = (page << PAGE_BITS) | (address & ((1n << PAGE_BITS) - 1n));
    const name = renamed.toString(16);
    return `0x${digits.startsWith("0") ? name.padStart(digits.length, "0") : name}`;
  }

  #page(page: bigint): bigint {
    const known = this.#pages.get(page);
    if (known !== undefined) return known;
    const near = this.#anchors.find((anchor) => page - anchor.page <= NEAR && anchor.page - page <= NEAR);
    const renamed = near === undefined ? this.#region(page) : near.renamed + page - near.page;
    this.#pages.set(page, renamed);
    return renamed;
  }

  #region(page: bigint): bigint {
    const renamed = FIRST_PAGE + BigInt(this.#anchors.length) * (2n * NEAR + 2n) + NEAR + 1n;
    this.#anchors.push({ page, renamed });
    return renamed;
  }
}

import type { Pair } from "../analysis/confinement.ts";

/** Which object has which in a field, as the stacks of a dump show by addresses. Where two stacks disagree nothing is known. */
export class Pairs {
  /** Addresses of objects by field and the address of what they have there; undefined: stacks disagree. */
  readonly #outer = new Map<string, string | undefined>();
  readonly #inner = new Map<string, Set<string>>();
  readonly #fixed = new Map<string, string | undefined>();

  add({ field, isLasting, isFixed }: Pair, outer: string, inner: string): void {
    if (isLasting) set(this.#outer, `${field} ${inner}`, outer);
    if (isFixed) set(this.#fixed, `${field} ${outer}`, inner);
    const key = `${field} ${outer}`;
    this.#inner.set(key, (this.#inner.get(key) ?? new Set()).add(inner));
  }

  /** Whether it is known which object has that one in the field: no other has it. */
  isKnown(field: number, inner: string): boolean {
    return this.#outer.get(`${field} ${inner}`) !== undefined;
  }

  /** What an object has had in the field, as far as it is known. */
  innersOf(field: number, outer: string): Iterable<string> {
    return this.#inner.get(`${field} ${outer}`) ?? [];
  }

  /** What an object has in the field for good. */
  onlyOf(field: number, outer: string): string | undefined {
    return this.#fixed.get(`${field} ${outer}`);
  }
}

function set(map: Map<string, string | undefined>, key: string, value: string): void {
  map.set(key, map.has(key) && map.get(key) !== value ? undefined : value);
}

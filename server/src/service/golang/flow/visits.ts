/** How many things are followed, and how far into values; beyond, everything is thought possible. */
const MAX_VISITS = 20_000;
const MAX_PATH = 6;

/** Follows each thing once, whatever circles lead back to it. */
export class Visits {
  readonly #known = new Map<string, boolean>();
  readonly #ids = new Map<object, number>();
  #count = 0;
  #isTooDeep = false;

  /** Whether a limit was hit: then the answers are not complete. */
  get isExhausted(): boolean {
    return this.#isTooDeep || this.#count > MAX_VISITS;
  }

  /** A number for a piece of source. */
  id(node: object): number {
    const id = this.#ids.get(node) ?? this.#ids.size;
    this.#ids.set(node, id);
    return id;
  }

  /** The answer for a key: worked out once; true within its own circle, which adds nothing to what the rest says. */
  once(key: string, path: readonly string[], follow: () => boolean): boolean {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#isTooDeep ||= path.length > MAX_PATH;
    if (++this.#count > MAX_VISITS || this.#isTooDeep) return false;
    this.#known.set(key, true);
    const answer = follow();
    this.#known.set(key, answer);
    return answer;
  }
}

/** How far into values things are followed, as of a list that may have itself in it; beyond, any call may get at them. */
export const MAX_PATH = 6;

/** How many things are followed in all searches together. */
export class Budget {
  #left: number;

  constructor(visits: number) {
    this.#left = visits;
  }

  /** Takes one; whether there was one left. */
  take(): boolean {
    return this.#left-- > 0;
  }
}

/** Follows each thing once, whatever circles lead back to it. */
export class Visits {
  readonly #known = new Map<string, boolean>();
  readonly #ids = new Map<object, number>();
  readonly #budget: Budget;
  #isExhausted = false;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Whether a limit was hit: then the answers are not complete. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** A number for a piece of source. */
  id(node: object): number {
    const id = this.#ids.get(node) ?? this.#ids.size;
    this.#ids.set(node, id);
    return id;
  }

  /** The answer for a key: worked out once; true within its own circle, which adds nothing to what the rest says. */
  once(key: string, follow: () => boolean): boolean {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (!this.#budget.take()) this.#isExhausted = true;
    if (this.#isExhausted) return false;
    this.#known.set(key, true);
    const answer = follow();
    this.#known.set(key, answer);
    return answer;
  }
}

/** Whether something is true of all: asked of each, as more is found on the way. */
export function all<T>(values: readonly T[], isTrue: (value: T) => boolean): boolean {
  return values.map(isTrue).every((one) => one);
}

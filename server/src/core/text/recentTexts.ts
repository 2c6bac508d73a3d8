/** Texts that are kept at most; what repeats within a dump is hardly ever more. */
const KEPT_TEXTS = 8192;
/** Characters of a text that is kept at most: what is longer does not repeat. */
const LONGEST = 1000;

/**
 * What was made of the texts met lately: lines of dumps repeat, and to look one up is far less work than to read it again.
 * When there are too many, all are forgotten.
 */
export class RecentTexts<T> {
  readonly #made = new Map<string, T>();

  /** Undefined: it was not met lately. */
  get(text: string): T | undefined {
    return this.#made.get(text);
  }

  keep(text: string, made: T): T {
    if (text.length > LONGEST) return made;
    if (this.#made.size === KEPT_TEXTS) this.#made.clear();
    this.#made.set(text, made);
    return made;
  }
}

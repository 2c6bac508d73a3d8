/** One dump condensed. */
export interface Condensed {
  readonly text: string;
  /** The rows that the text prints, in its order; null for a profile, which prints records. */
  readonly printed: readonly number[] | null;
}

/** A place in the original text. */
export interface TextPlace {
  /** 0-based. */
  readonly line: number;
  /** In bytes. */
  readonly offset: number;
}

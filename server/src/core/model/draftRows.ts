/** Goroutines of a draft, all in one buffer that may be used again for the next one. See `GoroutineColumns`. */
export interface DraftRows {
  readonly id: Float64Array<ArrayBuffer>;
  readonly offset: Float64Array<ArrayBuffer>;
  readonly creator: Float64Array<ArrayBuffer>;
  readonly line: Uint32Array<ArrayBuffer>;
  readonly stack: Uint32Array<ArrayBuffer>;
  readonly state: Uint32Array<ArrayBuffer>;
  readonly wait: Uint32Array<ArrayBuffer>;
  readonly flags: Uint32Array<ArrayBuffer>;
  readonly labels: Uint32Array<ArrayBuffer>;
}

/** Changes a row of a draft before a builder adds it. */
export interface RowTranslator {
  translate(row: number): void;
}

/** One side of a data race. */
export interface RaceAccess {
  /** As printed: `Read`, `Write`, `Previous read`, `Previous write`. */
  readonly operation: string;
  /** Address of the memory, e.g. `0x00c00001a0c8`; null in reports of Go 1.7 and before. */
  readonly address: string | null;
  /** The race detector's own number of the goroutine, 0 for `main goroutine`: not a goroutine id. */
  readonly goroutine: number;
  /** Line of the text, 0-based. */
  readonly line: number;
  /** Number of the stack, for `stackOf`; null for `[failed to restore the stack]`. */
  readonly stack: number | null;
}

/** Where a goroutine of a race report was started: a whole stack, unlike `created by`. */
export interface RaceCreation {
  readonly goroutine: number;
  readonly line: number;
  readonly stack: number | null;
  /** `running` or `finished` when the report was printed. */
  readonly status: string;
}

/** One `WARNING: DATA RACE` report. */
export interface RaceReport {
  readonly line: number;
  /** Line behind the report. */
  readonly endLine: number;
  readonly accesses: readonly RaceAccess[];
  readonly creations: readonly RaceCreation[];
}

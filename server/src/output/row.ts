/**
 * One row a group of goroutines, for engines that read tables: what `convert --to ndjson` and `--to parquet` write.
 * docs/rows.md describes it; a change of meaning is a new column.
 */
export interface GroupRow {
  /** The dump's file as it was named. */
  readonly file: string;
  /** `--label host=...`, and so on; null: not given. */
  readonly host: string | null;
  readonly service: string | null;
  /** When the dump was taken, ISO 8601; null: nothing says it. */
  readonly time: string | null;
  readonly form: string;
  readonly go_version: string | null;
  /** The same stack in every dump has the same: docs/rows.md says how it is made. */
  readonly stack_id: string;
  /** Goroutines. */
  readonly count: number;
  readonly state: string;
  /** Whole minutes waited at least; null: the dump prints none. */
  readonly wait_min: number | null;
  readonly wait_max: number | null;
  /** Innermost function. */
  readonly top: string | null;
  /** Innermost frame of the user's code; null: there is none. */
  readonly user_frame: string | null;
  readonly user_file: string | null;
  readonly user_line: number | null;
  /** Function with the `go` statement. */
  readonly created_by: string | null;
  /** Labels of the goroutines and of the command line; where goroutines of a group have others, those are left out. */
  readonly labels: Readonly<Record<string, string>>;
  /** `function file:line`, innermost first. */
  readonly frames: readonly string[];
  /** `rule certainty` of the findings that are about goroutines of this group. */
  readonly findings: readonly string[];
}

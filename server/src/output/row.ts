/**
 * One row a group of goroutines, for engines that read tables: what `convert --to ndjson` and `--to parquet` write.
 * docs/rows.md describes it; a change of meaning is a new column.
 */
export interface GroupRow {
  /** The dump's file as it was named. */
  readonly file: string;
  /** Number of the dump in its file, 0 for the first. */
  readonly dump: number;
  /** Of `--label host=...`; else, of the dumps of a folder, the host that `fleet` counts them to; null: neither. */
  readonly host: string | null;
  /** Of `--label service=...` or the capture's manifest; null: of neither. */
  readonly service: string | null;
  /** When the dump was taken, ISO 8601; null: nothing says it. */
  readonly time: string | null;
  readonly form: string;
  readonly go_version: string | null;
  /** The same stack in every dump has the same: docs/rows.md says how it is made. */
  readonly stack_id: string;
  /** Goroutines. */
  readonly count: number;
  /** As printed. */
  readonly state: string;
  /**
   * Without what Go puts behind it in parentheses: `(scan)`, `(durable)`, `(leaked)`. Instead of the `semacquire` of older
   * releases of Go what the stack shows, e.g. `sync.Mutex.Lock`.
   */
  readonly base_state: string;
  /** Whole minutes waited at least; null: the dump prints none. */
  readonly wait_min: number | null;
  readonly wait_max: number | null;
  /** Innermost function. */
  readonly top: string | null;
  /** Innermost frame of the user's code; null: there is none. */
  readonly user_frame: string | null;
  readonly user_file: string | null;
  readonly user_line: number | null;
  /** Where `fleet` counts the group, as in `frames`: the user's frame, else the innermost that every form prints. */
  readonly place: string | null;
  /** Function with the `go` statement. */
  readonly created_by: string | null;
  /** Of the goroutines, the manifest and the command line; the later replace the earlier. */
  readonly labels: Readonly<Record<string, string>>;
  /** `function file:line`, innermost first. */
  readonly frames: readonly string[];
  /** `rule certainty` of the findings that are about goroutines of this group. */
  readonly findings: readonly string[];
}

import type { Column } from "./column.ts";
import type { DeadlockReport } from "./deadlockReport.ts";
import type { Incident, SystemStack } from "./incident.ts";
import type { Note } from "./note.ts";
import type { RaceReport } from "./race.ts";
import type { Wrapping } from "./wrapping.ts";

/** How a dump is written. The reader of each form is the folder or file of that name. */
export type DumpForm =
  | "traceback"
  | "profile-text"
  | "profile-proto"
  | "race"
  | "go-deadlock"
  | "pprof-traces"
  | "pprof-raw"
  | "pprof-report"
  | "goleak"
  | "delve"
  | "gdb";

/** Value of a numeric cell that says "not in the dump": ids, creator ids. */
export const NO_ID = -1;

/** The id that digits are; {@link NO_ID} beyond 2^53, where ids would run together. */
export function readId(digits: string): number {
  const id = Number(digits);
  return Number.isSafeInteger(id) ? id : NO_ID;
}
/** Wait minutes of a goroutine whose header prints none: under a minute, unknown, or not waiting. */
export const NO_WAIT = 0xffffffff;
/** Label set of a goroutine without labels. */
export const NO_LABELS = 0;

/** Bits of the `flags` column, mostly the suffixes of a header (`runtime/traceback.go`, `goroutineheader`). */
export const Flag = {
  /** `(leaked)`: Go's own leak detector says so (1.26+). */
  leaked: 1 << 0,
  /** `(scan)`: being scanned by the garbage collector. */
  scan: 1 << 1,
  /** `(durable)`: blocked so that only its synctest bubble can wake it (1.25+). */
  durable: 1 << 2,
  /** `locked to thread`. */
  locked: 1 << 3,
  /** `goroutine running on other thread; stack unavailable`. */
  unavailable: 1 << 4,
  /** Go left frames out of the middle or the end of the stack. */
  elided: 1 << 5,
  /** The text ends within this goroutine. */
  truncated: 1 << 6,
  /** The block holds lines that fit nothing; they are counted in a note. */
  damaged: 1 << 7,
  /** The block goes on with `[originating from goroutine N]` blocks. */
  ancestors: 1 << 8,
  /** The state was not printed but inferred from the frames (counted forms). */
  inferredState: 1 << 9,
  /** `synctest bubble N` or `synctest group N`. */
  bubble: 1 << 10,
  /** Parked in a send or a receive: the addresses of a profile show that, but not which. All that have it do the same. */
  atChannel: 1 << 11,
} as const;

/** The goroutines of a dump, a row each, in the order of the text. */
export interface GoroutineColumns {
  readonly length: number;
  /** The goroutine's id; {@link NO_ID} in forms that print none. Exact up to 2^53. */
  readonly id: Column;
  /** Offset in bytes of the header (or record) in the original text. */
  readonly offset: Column;
  /** Line of the header in the original text, 0-based. */
  readonly line: Column;
  /** Number of the stack, for `stackOf`. */
  readonly stack: Column;
  /** Index into `Dump.states`. */
  readonly state: Column;
  /** Whole minutes the goroutine has waited at least; {@link NO_WAIT} where none are printed. */
  readonly wait: Column;
  /** Id of the goroutine that ran the `go` statement (1.21+); {@link NO_ID} where it is not printed. */
  readonly creator: Column;
  /** Bits of {@link Flag}. */
  readonly flags: Column;
  /** Index into `Dump.labelSets`. */
  readonly labels: Column;
  /** How many goroutines a row stands for. Null where each row is one goroutine. May be negative in a delta profile. */
  readonly weight: Column | null;
}

/** The distinct frames of a dump: indexes into `functions` and `files`, and the 1-based line. -1: not printed. */
export interface FrameTable {
  readonly function: Int32Array;
  readonly file: Int32Array;
  readonly line: Int32Array;
}

/** One key and its value, as set with `pprof.Do` or `pprof.SetGoroutineLabels`. */
export type Label = readonly [key: string, value: string];

/** The distinct stacks of a dump, see `StackTrie`: per stack the stack before its last entry, and that entry. */
export interface StackTable {
  readonly parent: Int32Array;
  /** Frame number times four, plus the `EdgeKind`. -1 for the empty stack. */
  readonly edge: Int32Array;
}

/**
 * One snapshot of a process's goroutines. A plain value: columns and tables, no methods, so it can be handed to another
 * thread. It never holds the text; a goroutine's arguments are read again from its offset (`readBlock`).
 */
export interface Dump {
  readonly form: DumpForm;
  /** First line of the dump in the original text (its preamble included), 0-based. */
  readonly startLine: number;
  /** Line behind the last line of the dump, 0-based. */
  readonly endLine: number;
  /** Offset in bytes of the first line. */
  readonly startOffset: number;
  /** Offset in bytes behind the last line. */
  readonly endOffset: number;
  /** When the dump was taken, as the text near it or the profile says, in ISO 8601; null when nothing says it. */
  readonly time: string | null;
  /** For a profile its type, e.g. `goroutine` or `goroutineleak`; null in other forms. */
  readonly profile: string | null;
  /** What stood around the dump's lines and was taken off; null: nothing. */
  readonly wrapping: Wrapping | null;
  /** Number of goroutines: the sum of the weights, or the number of rows; in a `pprof-report` what it says it is of. */
  readonly total: number;
  readonly goroutines: GoroutineColumns;
  /** Wait reasons and statuses as printed, with their suffixes, e.g. `chan receive (leaked)`; see `baseState`. */
  readonly states: readonly string[];
  readonly functions: readonly string[];
  readonly files: readonly string[];
  readonly frames: FrameTable;
  readonly stacks: StackTable;
  /** Distinct label sets, sorted by key; number 0 is the empty set. */
  readonly labelSets: readonly (readonly Label[])[];
  /** Panics, fatal errors and signals printed before or between the goroutines. */
  readonly incidents: readonly Incident[];
  /** Stacks that belong to no goroutine. */
  readonly systemStacks: readonly SystemStack[];
  /** The reports of a race dump; empty in other forms. */
  readonly races: readonly RaceReport[];
  /** The reports of a go-deadlock dump; empty in other forms. */
  readonly deadlockReports: readonly DeadlockReport[];
  readonly notes: readonly Note[];
}

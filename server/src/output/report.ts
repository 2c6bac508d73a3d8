/** How sure a finding is: it follows from the dump alone, it names the culprit, it is worth a look. */
export type Certainty = "proven" | "strong" | "suspect";

/**
 * How a file as it is today differs from what the program was built from: `none`; `other lines`: the place stands elsewhere
 * in it or has changed; `gone`: the function or the file is not there; `unknown`: nothing tells.
 */
export type Drift = "none" | "other lines" | "gone" | "unknown";

/**
 * What `goroutine-dump analyze --format json` prints, version 1. Text and SARIF are made from the same value. Lines are
 * 1-based throughout, as people and other tools count them.
 */
export interface Report {
  readonly version: 1;
  readonly dumps: readonly DumpReport[];
  /** Only with `--base` or `--series`. */
  readonly comparison: ComparisonReport | null;
}

/** What became of each stack over a series of dumps. */
export interface ComparisonReport {
  /** Largest growth first. */
  readonly groups: readonly ComparedGroupReport[];
}

/** One stack over a series, as it stands in the last dump that has it. */
export interface ComparedGroupReport extends GroupReport {
  readonly change: "grown" | "shrunk" | "new" | "gone" | "stuck" | "same";
  /** Goroutines in each dump, in time order. */
  readonly counts: readonly number[];
  /** Growth a minute; null where the dumps' times are unknown. */
  readonly perMinute: number | null;
}

/** One dump of one file. */
export interface DumpReport {
  readonly file: string;
  readonly form: string;
  readonly startLine: number;
  readonly goVersion: string | null;
  /** How much of the process it shows, and why that is so. Only in a whole dump does it prove anything that somebody is missing. */
  readonly coverage: { readonly kind: "whole" | "crash" | "excerpt"; readonly reason: string };
  readonly goroutines: number;
  /** Goroutines by state as printed. */
  readonly states: Readonly<Record<string, number>>;
  /** Most goroutines first. */
  readonly groups: readonly GroupReport[];
  readonly findings: readonly FindingReport[];
  readonly notes: readonly NoteReport[];
  /** Only where sources were asked for and have changed since the program was built. */
  readonly revisions?: readonly RevisionReport[];
  /** Only where sources were asked for and some are not here: those of most frames first. */
  readonly missingSources?: readonly MissingSourceReport[];
}

export interface FrameReport extends Partial<SourceReport> {
  readonly function: string;
  readonly file: string | null;
  readonly line: number | null;
  /** The file on this machine, when one was asked for and found. */
  readonly resolved: string | null;
}

/** What is known of the file that a place was resolved to; absent where none was. */
export interface SourceReport {
  /** How it was found: `go.mod module example.com/app`. */
  readonly resolvedBy: string;
  /** How the file as it is today differs from what the program was built from. */
  readonly drift: Drift;
  /** The revision (tag, or hash of twelve digits) that the place fits; null when none was needed or found. */
  readonly revision: string | null;
  /** Where the line stands today, unchanged; only where lines have shifted. */
  readonly lineToday?: number;
  /** The path that the file had at the revision, which `line` is of; only where the function stands in another one today. */
  readonly movedFrom?: string;
  /** Only where the file is of another version of its module than the program was built with: its lines are not the program's. */
  readonly otherVersion?: OtherVersionReport;
}

/** Which version of a file was wanted, and which was found. */
export interface OtherVersionReport {
  /** Path of the module; `std` is Go itself, whose versions are written `1.24.4`. */
  readonly module: string;
  /** The one that the dump names; null where it names none, but its frames do not fit. */
  readonly wanted: string | null;
  /** Null where it is not known. */
  readonly found: string | null;
}

/** A version of a module that frames are of, and that is not on this machine. */
export interface MissingSourceReport {
  /** Path of the module; `std` is Go itself, whose versions are written `1.24.4`. */
  readonly module: string;
  readonly version: string;
  /** Distinct frames. */
  readonly frames: number;
  /** The command that brings it; null where there is none. */
  readonly command: string | null;
}

/** Which revision a dump is of, for a repository whose files have changed since. */
export interface RevisionReport {
  /** Its folder. */
  readonly repository: string;
  /** Whether one revision fits all frames, several do so equally, or none does. */
  readonly kind: "exact" | "equal" | "none";
  /** Those that fit, the first of them is used; of none the closest. */
  readonly revisions: readonly string[];
  /** How many of the dump's frames in the repository fit these revisions, and how many fit today's files. */
  readonly fits: number;
  readonly today: number;
  readonly frames: number;
  /** The same as a sentence. */
  readonly message: string;
}

export interface GroupReport {
  readonly count: number;
  readonly state: string;
  readonly waitMinutes: { readonly min: number; readonly max: number } | null;
  /** Innermost first. */
  readonly frames: readonly FrameReport[];
  readonly createdBy: FrameReport | null;
  /** Ascending; the first ten unless all were asked for. Empty in forms without ids. */
  readonly goroutineIds: readonly number[];
  readonly labels: Readonly<Record<string, string>> | null;
}

export interface FindingReport extends Partial<SourceReport> {
  readonly rule: string;
  readonly certainty: Certainty;
  /** What it rests on, e.g. `leak/gone/send`: findings of one class are right equally often. */
  readonly evidenceClass: string;
  /** What and where, in at most 60 characters. */
  readonly title: string;
  readonly message: string;
  readonly count: number;
  readonly goroutineIds: readonly number[];
  /** The blocking place in the source, as the dump names it. */
  readonly file: string | null;
  readonly line: number | null;
  readonly resolved: string | null;
  readonly dumpLine: number;
  readonly evidence: readonly string[];
  /** Id of the goroutine at the root of a chain. */
  readonly root: number | null;
  readonly cycle: readonly number[] | null;
}

export interface NoteReport {
  readonly kind: string;
  readonly line: number;
  readonly message: string;
}

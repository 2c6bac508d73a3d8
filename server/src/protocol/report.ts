/** What the visual report shows: numbers and plain texts, bounded, whatever the size of the dump. */

/** Asks for the report of one dump of a document. */
export interface ReportParams {
  readonly uri: string;
  /** Number of the dump within the document, 0 for the first. */
  readonly index: number;
  /** The filter's text; empty shows all goroutines. */
  readonly filter: string;
}

/** Null: the document is not open, or holds no such dump. */
export type ReportResult = DumpReportPage | null;

/** The report as Markdown; null as in {@link ReportResult}. */
export type ReportMarkdownResult = { readonly text: string } | null;

/** Asks for a text without what it gives away of the process and the machines. */
export interface RedactParams {
  readonly uri: string;
  /** Part of the document, e.g. of one goroutine; null: all dumps of it, without the text around them. */
  readonly text: string | null;
  /** Import paths whose packages are renamed, too, each with all below it. */
  readonly privatePaths: readonly string[];
}

/** Null: the document is not open, holds no dump, or was changed meanwhile. */
export type RedactResult = { readonly text: string } | null;

/** One dump, as the report shows it. Texts may quote the dump and are never shown as markup. Lines are 1-based. */
export interface DumpReportPage {
  /** Name of the file. */
  readonly name: string;
  /** Number of the dump within its file, 0 for the first, and how many the file holds. */
  readonly index: number;
  readonly dumps: number;
  readonly form: string;
  readonly goVersion: string | null;
  /** ISO 8601; null when nothing tells it. */
  readonly time: string | null;
  /** Goroutines of the dump. */
  readonly total: number;
  /** Goroutines and distinct stacks that the filter lets through: all without one. */
  readonly shown: number;
  readonly stacks: number;
  readonly filter: string;
  /** What is wrong with the filter, a sentence; null: nothing. */
  readonly filterError: string | null;
  /** Goroutines by state, most first. */
  readonly states: BoundedList<StateCount>;
  /** Goroutines by minutes waited, least first. */
  readonly waits: readonly WaitCount[];
  readonly labels: BoundedList<LabelCounts>;
  readonly findings: BoundedList<ReportFinding>;
  readonly frames: FrameColumns;
  readonly tree: CallTreeColumns;
  readonly groups: BoundedList<ReportGroup>;
  readonly waitGraph: WaitGraphPage;
  readonly notes: BoundedList<ReportNote>;
}

/** The first of a list, and how many more there are. */
export interface BoundedList<T> {
  readonly items: readonly T[];
  readonly more: number;
}

/** What keeps goroutines of a state from running, for a colour. */
export type WaitClass = "running" | "channel" | "select" | "lock" | "sync" | "io" | "sleep" | "system" | "unknown";

export interface StateCount {
  readonly state: string;
  readonly class: WaitClass;
  readonly count: number;
}

/** Goroutines that have waited that long, by Go's own count. */
export interface WaitCount {
  /** Whole minutes, the ends included; both null: their headers print none, so less than one or unknown. */
  readonly from: number | null;
  /** Null with `from` given: and longer. */
  readonly to: number | null;
  readonly count: number;
}

/** The values of one label, most goroutines first. */
export interface LabelCounts {
  readonly key: string;
  readonly values: BoundedList<{ readonly value: string; readonly count: number }>;
}

export interface ReportFinding {
  readonly rule: string;
  readonly certainty: "proven" | "strong" | "suspect";
  /** What and where, short. */
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly string[];
  readonly count: number;
  /** Number of the frame that is blamed; null when there is none. */
  readonly frame: number | null;
  /** Line of the dump. */
  readonly line: number | null;
}

/** Distinct frames, a number each: the columns are as long as there are frames. */
export interface FrameColumns {
  /** Import paths, functions without them, and files: what the other columns number. */
  readonly packages: readonly string[];
  readonly names: readonly string[];
  readonly files: readonly string[];
  readonly package: readonly number[];
  readonly name: readonly number[];
  /** -1: the dump gives no place. */
  readonly file: readonly number[];
  /** 0: the dump gives no line. */
  readonly line: readonly number[];
  /** Index into {@link ORIGINS}. */
  readonly origin: readonly number[];
}

/** Whose code a frame is: the user's, a module's that reads like the library's, Go's library, its runtime. */
export const ORIGINS = ["user", "extended", "library", "runtime"] as const;

/**
 * All stacks, outermost call first, as a tree: nodes in an order in which parents come first. Node 0 is the root, which is
 * no call. Parts that few goroutines are in are left out: a node may have more goroutines than its children and itself.
 */
export interface CallTreeColumns {
  readonly parent: readonly number[];
  /** Number of the frame; -1 for the root. Calls of one function directly within each other are one node. */
  readonly frame: readonly number[];
  /** Calls directly within each other that the node stands for, 1 for most. */
  readonly depth: readonly number[];
  readonly count: readonly number[];
  /** Distinct stacks with their states. */
  readonly groups: readonly number[];
  /** Index into `states.items` of the state most of its goroutines have; -1: one that is left out there. */
  readonly state: readonly number[];
  /** Number of the first finding that names a goroutine of the node; -1: none. */
  readonly finding: readonly number[];
  /** Nodes left out. */
  readonly more: number;
}

/** Goroutines that share stack and state. */
export interface ReportGroup {
  readonly title: string;
  readonly count: number;
  readonly state: string;
  readonly waitMinutes: { readonly min: number; readonly max: number } | null;
  /** Numbers of frames, innermost first; bounded. */
  readonly frames: readonly number[];
  readonly moreFrames: number;
  readonly createdBy: number | null;
  /** Number of the frame that names the group. */
  readonly frame: number | null;
  /** Line of the dump with its first goroutine. */
  readonly line: number | null;
  readonly finding: number | null;
}

export interface WaitGraphPage {
  readonly nodes: readonly WaitNode[];
  readonly edges: readonly WaitEdge[];
  /** Nodes left out. */
  readonly more: number;
}

/** Goroutines that wait in one way, a lock, or what somebody waits for that no goroutine of the dump holds. */
export interface WaitNode {
  readonly kind: "goroutines" | "lock" | "event";
  /** `Mutex 0xc000118008`, `kline.(*MarketManager).check`. */
  readonly title: string;
  /** Where they stand and in what state, short; may be empty. */
  readonly detail: string;
  /** Goroutines it stands for; of a lock those that wait for it. */
  readonly count: number;
  readonly frame: number | null;
  readonly line: number | null;
  /** Whether all others of its chain wait for it, and it for none of them. */
  readonly isRoot: boolean;
  /** Whether it waits for itself in a circle. */
  readonly isInCircle: boolean;
}

/** `from` waits for `to`, or, from a lock, is held by it. */
export interface WaitEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: "waits" | "held";
  /** Whether the holder is only the likeliest. */
  readonly isGuess: boolean;
}

export interface ReportNote {
  readonly line: number;
  readonly message: string;
}

import type { Certainty, Place, Position } from "./base.ts";

/** Where goroutines of the open dumps stand in a source file. */
export interface SourcePlacesParams {
  readonly sourceUri: string;
}

/** A line of the source at which goroutines stand. It is surely the line the dumps mean; doubtful ones are left out. */
export interface SourcePlace {
  /** Zero-based. */
  readonly line: number;
  /** The line as the file has it: an editor that shows another one must not annotate it. */
  readonly lineText: string;
  /** `10,000 goroutines blocked here, at least 38 min: chan send`. Plain: it may quote the dump. */
  readonly title: string;
  /** Goroutines: the sum over all groups. */
  readonly count: number;
  /** Most goroutines first; the first ones. */
  readonly groups: readonly SourceGroup[];
  /** How many more groups there are. */
  readonly moreGroups: number;
}

/** Goroutines of one dump with one stack. */
export interface SourceGroup {
  /** `main.work: 3 goroutines · chan send`. Plain: it may quote the dump. */
  readonly text: string;
  /** The header of the first goroutine. */
  readonly place: Place;
}

export interface SourcePlacesResult {
  /** In the order of the lines. */
  readonly places: readonly SourcePlace[];
}

/** The findings of a dump, at the source lines they blame. */
export interface SourceFindingsParams {
  readonly uri: string;
}

/** A finding, at a line of the source that is surely the one it means. All texts are plain. */
export interface SourceFinding {
  readonly sourceUri: string;
  /** Zero-based. */
  readonly line: number;
  /** The line as the file has it: an editor that shows another one must not annotate it. */
  readonly lineText: string;
  readonly rule: string;
  readonly certainty: Certainty;
  /** As LSP counts: 1 is an error, 4 a hint. */
  readonly severity: 1 | 2 | 3 | 4;
  readonly message: string;
  /** The rule's documentation. */
  readonly href: string;
  /** The finding's own place in the dump first, then its chain: in the source where that is sure, else in the dump. */
  readonly related: readonly { readonly message: string; readonly place: Place }[];
}

export interface SourceFindingsResult {
  readonly findings: readonly SourceFinding[];
}

/** What the goroutine at a position of a dump is blocked on. */
export interface BlockedOnParams {
  readonly uri: string;
  readonly position: Position;
}

/** A channel, a lock or the like, as the source names it. */
export interface BlockedOn {
  /** `s.queues[i].ch`. */
  readonly text: string;
  /** What the goroutine does with it: `sends to`, `receives from`, `calls Lock of`. */
  readonly does: string;
  /** The name whose references are the other uses: of `s.mu` the `mu`. */
  readonly place: Place;
}

export type BlockedOnResult =
  /** Several for a `select`. */
  | { readonly kind: "found"; readonly operands: readonly BlockedOn[] }
  /** A sentence says why there is nothing to look for. */
  | { readonly kind: "none"; readonly reason: string };

/** What happens at places of the source where a channel or lock is used, and who stands there. */
export interface DescribeUsesParams {
  readonly places: readonly Place[];
}

/** One use of a channel or lock. All texts are plain. */
export interface SourceUse {
  readonly place: Place;
  /** `sends to`, `closes`, `calls Unlock of`, `mentions`. */
  readonly does: string;
  /** The line, without blanks around it. */
  readonly lineText: string;
  /** Goroutines of the open dumps that stand at the line. */
  readonly count: number;
  /** The line's {@link SourcePlace.title}; empty where no goroutine stands. */
  readonly standing: string;
}

export interface DescribeUsesResult {
  /** Places where goroutines stand come first, then sends, receives, closes, locks and the like. */
  readonly uses: readonly SourceUse[];
}

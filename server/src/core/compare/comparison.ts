import type { Group, GroupTable } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import type { IdIndex } from "../model/idIndex.ts";
import type { FrameFactsTable } from "../names/frameFacts.ts";

/** One dump of a series, in time order. */
export interface Snapshot {
  readonly dump: Dump;
  readonly groups: GroupTable;
  /** Milliseconds since the epoch; null where nothing tells. */
  readonly time: number | null;
}

/** The latest dump of a series, with what rules look up in it. */
export interface Latest extends Snapshot {
  /** Its goroutines by their ids: made when it is first asked for. */
  readonly ids: () => IdIndex;
  /** What its frames say, each looked at once. */
  readonly facts: FrameFactsTable;
}

/**
 * What became of a stack over a series. `grown` and `shrunk` compare the last dump with the first; `stuck` says that
 * the same goroutines stand there in every dump.
 */
export type Change = "grown" | "shrunk" | "new" | "gone" | "stuck" | "same";

/** One stack over all dumps of a series. */
export interface ComparedGroup {
  readonly change: Change;
  /** Goroutines in each dump. */
  readonly counts: readonly number[];
  /** Whether the count rose from each dump to the next. */
  readonly risesAlways: boolean;
  /** Growth a minute between the first and the last dump; null where times are unknown or equal. */
  readonly perMinute: number | null;
  /** Goroutines that stand here, by id, in every dump; null where the forms print no ids. */
  readonly staying: number | null;
  /** Whether the stacks are equal, or only their functions (another build). */
  readonly match: "exact" | "functions";
  /** The groups in each dump, several where only their state differs. Empty: none there. */
  readonly groups: readonly (readonly Group[])[];
  /** Index of the last dump that has the stack: where to look at it. */
  readonly lastSeen: number;
}

/** A series of dumps of one program, compared. */
export interface Comparison {
  readonly snapshots: readonly Snapshot[];
  /** Largest growth first, then most goroutines. */
  readonly groups: readonly ComparedGroup[];
}

import type { Certainty, FrameRef, Place, WorkDoneParams } from "./base.ts";

/** A dump by where it is: its file or document, and its number among the dumps there. */
export interface DumpRef {
  readonly uri: string;
  /** 0 for the first; null: all dumps there. */
  readonly index: number | null;
}

/** Asks what differs between dumps. */
export interface CompareParams extends WorkDoneParams {
  readonly dumps: readonly DumpRef[];
  /** `series`: one program over time. `fleet`: one program on many hosts, in no order. */
  readonly kind: "series" | "fleet";
  /** Whether a series is put in time order, where all times are known. False keeps the order given. */
  readonly sortByTime: boolean;
  /** Number of the first row wanted: the rows come page by page. */
  readonly from: number;
}

/** A dump that was compared. */
export interface ComparedDump {
  readonly uri: string;
  readonly index: number;
  /** Its file's name, with a number where the file holds several; in a fleet what tells its host from the others. */
  readonly name: string;
  /** Milliseconds since the epoch; null where nothing tells. */
  readonly time: number | null;
  readonly goroutines: number;
}

/** What became of a stack; in a fleet, whether some hosts have far more goroutines there than the others. */
export type StackChange = "grown" | "shrunk" | "new" | "gone" | "stuck" | "same" | "outlier" | "even";

/** One stack in all dumps that were compared. All texts are plain: they may quote a dump. */
export interface ComparedStack {
  /** The function it stands in, short: the innermost of the user's code. */
  readonly title: string;
  readonly change: StackChange;
  /** Goroutines in each dump, in the order of {@link CompareResult.dumps}. */
  readonly counts: readonly number[];
  /** Growth a minute over the series; null where times are unknown, and in a fleet. */
  readonly perMinute: number | null;
  /** Goroutines that stand there, by id, in every dump; null where no ids are printed, and in a fleet. */
  readonly staying: number | null;
  /** False: matched by functions alone, because the builds differ. */
  readonly isExact: boolean;
  /** Its state in the last dump that has it. */
  readonly state: string;
  /** Whole minutes the longest has waited at least, in the last dump that has it; null where none are printed. */
  readonly waitMinutes: number | null;
  /** Innermost call first, no more than a screenful. */
  readonly frames: readonly FrameRef[];
  readonly createdBy: FrameRef | null;
  /** The frame to open in source: the one of the title. */
  readonly frame: FrameRef | null;
  /** Header of the first goroutine in the last dump that has it, or where it has the most in a fleet. */
  readonly place: Place | null;
  /** Numbers of the dumps that have far more than the others; empty in a series. */
  readonly outliers: readonly number[];
}

/** What the comparison says is wrong. */
export interface ComparisonFinding {
  readonly rule: string;
  readonly certainty: Certainty;
  /** What and where, in at most 60 characters. */
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly string[];
  readonly frame: FrameRef | null;
  /** In the last dump. */
  readonly place: Place | null;
}

export interface CompareResult {
  /** In the order of the comparison. */
  readonly dumps: readonly ComparedDump[];
  /** One page of the stacks, largest change first. */
  readonly stacks: readonly ComparedStack[];
  /** Stacks in all. */
  readonly total: number;
  readonly findings: readonly ComparisonFinding[];
  /** Sentences about what could not be read or compared. */
  readonly problems: readonly string[];
}

import type { Certainty, FrameRef, Place, Position } from "./base.ts";

/** How the tree "Goroutines" puts goroutines together. */
export type GroupBy =
  /** One stack and state. */
  | "stack"
  /** The same functions, whatever their lines, a recursion counted once. */
  | "functions"
  /** The same frames of the user's code. */
  | "user"
  /** The line of the user's code where they stand. */
  | "place"
  /** The `go` statement that started them. */
  | "creator"
  | "state"
  | "label"
  | "package"
  /** Who started whom, as far as ids allow. */
  | "tree";

/** What comes first: what is worth looking at, with what idles last under one heading; most goroutines; longest wait; name. */
export type SortBy = "interest" | "count" | "wait" | "name";

/** How the tree of a document is asked for. */
export interface TreeShape {
  readonly uri: string;
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  /** The filter's text; empty shows everything. */
  readonly filter: string;
}

/** What a node of the tree stands for; the client chooses icon, menu and click by it. */
export type NodeKind =
  /** One of several dumps of a file. */
  | "dump"
  /** The heading above the findings. */
  | "findings"
  | "finding"
  /** Goroutines with something in common: holds groups. */
  | "section"
  /** The heading above the goroutines that those of a group have started. */
  | "started"
  /** Frames of the standard library, next to each other. */
  | "frames"
  /** Goroutines with one stack. */
  | "group"
  | "frame"
  | "createdBy"
  /** The heading above the goroutines of a group. */
  | "goroutines"
  | "goroutine"
  /** The heading above the notes. */
  | "notes"
  | "note"
  /** A line of a note, or of what is said of a finding, that is too long for a row. */
  | "textLine"
  /** Leads to the page of a finding's rule. */
  | "rulePage"
  /** A stack without a goroutine, e.g. `runtime stack:`. */
  | "systemStack"
  /** The rest of a long list: asking for its children gives the next page. */
  | "more";

/** What a goroutine is doing, coarsely, for an icon. */
export type Activity = "running" | "blocked" | "waiting" | "system" | "stuck" | "unknown";

/** One node of the tree. All texts are plain: they may quote the dump and must never be shown as markup. */
export interface TreeNode {
  /** Stable for one version of the document; opaque. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** Dimmed text behind the label, e.g. `12 goroutines, at least 4 min`. */
  readonly description: string;
  readonly tooltip: string;
  readonly hasChildren: boolean;
  readonly activity: Activity | null;
  /** Certainty of a finding; null for other nodes. */
  readonly certainty: Certainty | null;
  /** True for what is usually not looked at: frames of the standard library, ignored groups. */
  readonly dimmed: boolean;
  /** The place in the dump; null where the node has none. */
  readonly place: Place | null;
  /** The frame to open in source; null where the node is none. */
  readonly frame: FrameRef | null;
  /** The rule whose page explains the node; null on all but findings and the node that leads to the page. */
  readonly rule: string | null;
}

/** Children of a node, or the top of the tree. */
export interface TreeParams extends TreeShape {
  /** Null asks for the top. */
  readonly parent: string | null;
}

export interface TreeResult {
  readonly nodes: readonly TreeNode[];
  /** A sentence to show above the tree (no goroutines here, the filter is malformed, what it shows of all); or null. */
  readonly message: string | null;
}

/** Totals of a document, for the status bar. */
export interface SummaryParams {
  readonly uri: string;
}

export interface Summary {
  readonly dumps: number;
  readonly goroutines: number;
  readonly groups: number;
  readonly findings: { readonly proven: number; readonly strong: number; readonly suspect: number };
  /** The surest finding, and of those the one that concerns most; null when there is none. */
  readonly worst: { readonly title: string; readonly place: Place } | null;
  /** What a dump says that does not show the whole process, and what it is; null when all dumps are whole. */
  readonly coverage: { readonly kind: "crash" | "excerpt"; readonly text: string } | null;
  /** Whether the document holds a dump at all. */
  readonly isDump: boolean;
}

/** Where in the tree a position of the dump is: the ids from the top down to the node. Empty: nowhere. */
export interface NodePathParams extends TreeShape {
  readonly position: Position;
  /** What to find there: the goroutine or frame, or the group as a whole. */
  readonly target: "place" | "group";
}

export interface NodePathResult {
  readonly path: readonly TreeNode[];
}

/** The next or previous goroutine with the same stack as the one at `position`, around the end. */
export interface SiblingParams {
  readonly uri: string;
  readonly position: Position;
  readonly direction: "next" | "previous";
}

/** Where that goroutine's header is; null where the position is in no goroutine, or it is alone with its stack. */
export type SiblingResult = Place | null;

/** The finding at a position of the dump, or the next or previous one in the text, around the end. */
export interface FindingAtParams extends TreeShape {
  readonly position: Position;
  readonly direction: "here" | "next" | "previous";
}

/** Where that finding is; null where there is none. */
export type FindingAtResult = {
  readonly place: Place;
  /** The nodes from the top of the tree down to the finding's; empty where the filter hides it. */
  readonly path: readonly TreeNode[];
} | null;

/**
 * The text of a node: as `text` a goroutine's block, a group's stack, a frame, a finding; as `markdown` the same for an
 * issue; as `dump` the goroutines themselves, which are a dump again.
 */
export interface NodeTextParams extends TreeShape {
  readonly id: string;
  readonly format: "text" | "markdown" | "dump";
}

/** Asks what a filter that is being typed means, and how it may go on at `cursor`. */
export interface FilterHelpParams {
  readonly uri: string;
  readonly filter: string;
  /** UTF-16 units before the cursor. */
  readonly cursor: number;
}

export interface FilterHelp {
  /** What is wrong with it, a sentence; null: nothing. */
  readonly fault: string | null;
  /** Goroutines it lets through, and all; null when it is malformed. */
  readonly shown: { readonly goroutines: number; readonly of: number } | null;
  readonly completions: readonly FilterCompletion[];
}

/** What may stand in the place of the word at the cursor: `text` for the characters from `start` to the cursor. */
export interface FilterCompletion {
  readonly start: number;
  readonly text: string;
  /** A phrase. */
  readonly meaning: string;
}

/** Null: the node has no text of its own, or belongs to another version of the document. */
export type NodeTextResult = { readonly text: string } | null;

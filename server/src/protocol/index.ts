import type { CompareParams, CompareResult } from "./compare.ts";
import type { CondensedResult, CondenseFileParams, FullTextParams, FullTextResult } from "./condensed.ts";
import type { OpenFileParams, OpenFileResult } from "./documents.ts";
import type {
  BlockedOnParams,
  BlockedOnResult,
  DescribeUsesParams,
  DescribeUsesResult,
  SourceFindingsParams,
  SourceFindingsResult,
  SourcePlacesParams,
  SourcePlacesResult,
} from "./source.ts";

export * from "./condensed.ts";
export * from "./documents.ts";
export * from "./files.ts";
export type * from "./compare.ts";
export type * from "./source.ts";

/**
 * The requests beyond LSP: their names, parameters and results. This is the one file of the server that the client
 * imports. All of it is plain data. A client that knows none of them still gets every standard feature.
 */

/** Zero-based, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half open, as in LSP. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a document. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/**
 * Of a request that may take long: the server reports to this token what LSP calls work done progress. Absent: to one that
 * it has the client create.
 */
export interface WorkDoneParams {
  readonly workDoneToken?: string | number;
}

/** A frame as the dump prints it. `line` is 1-based; null where the dump gives no place. */
export interface FrameRef {
  readonly function: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** How the tree "Goroutines" puts goroutines together. */
export type GroupBy = "stack" | "state" | "creator" | "package";

/** What a node of the tree stands for; the client chooses icon, menu and click by it. */
export type NodeKind =
  /** One of several dumps of a file. */
  | "dump"
  /** The heading above the findings. */
  | "findings"
  | "finding"
  /** Goroutines by state, creator or package: holds groups. */
  | "section"
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
  /** `proven`, `strong` or `suspect` on findings; else null. */
  readonly certainty: "proven" | "strong" | "suspect" | null;
  /** True for what is usually not looked at: frames of the standard library, ignored groups. */
  readonly dimmed: boolean;
  /** The place in the dump; null where the node has none. */
  readonly place: Place | null;
  /** The frame to open in source; null where the node is none. */
  readonly frame: FrameRef | null;
}

/** Children of a node, or the top of the tree. */
export interface TreeParams {
  readonly uri: string;
  /** Null asks for the top. */
  readonly parent: string | null;
  readonly groupBy: GroupBy;
  /** The filter's text; empty shows everything. */
  readonly filter: string;
}

export interface TreeResult {
  readonly nodes: readonly TreeNode[];
  /** A sentence to show above the tree (no goroutines here, filter matches nothing, filter is malformed); or null. */
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
  /** Whether the document holds a dump at all. */
  readonly isDump: boolean;
}

/** Where in the tree a position of the dump is: the ids from the top down to the node. Empty: nowhere. */
export interface NodePathParams {
  readonly uri: string;
  readonly position: Position;
  readonly groupBy: GroupBy;
  readonly filter: string;
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

/** The text of a node for the clipboard: a goroutine's block, a group's stack, a frame. */
export interface NodeTextParams {
  readonly uri: string;
  readonly id: string;
  readonly groupBy: GroupBy;
}

/** Null: the node has no text of its own, or belongs to another version of the document. */
export type NodeTextResult = { readonly text: string } | null;

export interface ResolveFrameParams {
  /** The dump the frame is from. */
  readonly uri: string;
  readonly frame: FrameRef;
}

/** Where a frame's source is on this machine. */
export type FrameResolution =
  | {
      readonly kind: "found";
      readonly place: Place;
      /** How it was found, as part of a sentence: `path inside the workspace`. */
      readonly how: string;
      /** A sentence when the source differs from the binary; null when it fits or cannot be checked. */
      readonly warning: string | null;
    }
  | {
      readonly kind: "ambiguous";
      readonly candidates: readonly { readonly uri: string; readonly line: number; readonly why: string }[];
    }
  | { readonly kind: "notFound"; readonly tried: readonly string[] }
  /** The file was made by the compiler or a tool and does not exist; `reason` is a sentence. */
  | { readonly kind: "generated"; readonly reason: string };

/** Remembers the user's answer to an ambiguous frame: frames of `file` are in `chosen`. */
export interface ChooseSourceParams {
  readonly file: string;
  readonly chosen: string;
}

/** Names of the requests the client sends. */
export const Requests = {
  openFile: "goroutineDump/openFile",
  tree: "goroutineDump/tree",
  summary: "goroutineDump/summary",
  nodePath: "goroutineDump/nodePath",
  sibling: "goroutineDump/sibling",
  nodeText: "goroutineDump/nodeText",
  resolveFrame: "goroutineDump/resolveFrame",
  chooseSource: "goroutineDump/chooseSource",
  compare: "goroutineDump/compare",
  condenseFile: "goroutineDump/condenseFile",
  fullText: "goroutineDump/fullText",
  closeFile: "goroutineDump/closeFile",
  sourcePlaces: "goroutineDump/sourcePlaces",
  sourceFindings: "goroutineDump/sourceFindings",
  blockedOn: "goroutineDump/blockedOn",
  describeUses: "goroutineDump/describeUses",
} as const;

/** Parameters and result of each of {@link Requests}, so that both halves can type one function for all of them. */
export interface RequestTypes {
  readonly openFile: { readonly params: OpenFileParams; readonly result: OpenFileResult };
  readonly tree: { readonly params: TreeParams; readonly result: TreeResult };
  readonly summary: { readonly params: SummaryParams; readonly result: Summary };
  readonly nodePath: { readonly params: NodePathParams; readonly result: NodePathResult };
  readonly sibling: { readonly params: SiblingParams; readonly result: SiblingResult };
  readonly nodeText: { readonly params: NodeTextParams; readonly result: NodeTextResult };
  readonly resolveFrame: { readonly params: ResolveFrameParams; readonly result: FrameResolution };
  readonly sourcePlaces: { readonly params: SourcePlacesParams; readonly result: SourcePlacesResult };
  readonly sourceFindings: { readonly params: SourceFindingsParams; readonly result: SourceFindingsResult };
  readonly blockedOn: { readonly params: BlockedOnParams; readonly result: BlockedOnResult };
  readonly describeUses: { readonly params: DescribeUsesParams; readonly result: DescribeUsesResult };
  /** Answers null. */
  readonly chooseSource: { readonly params: ChooseSourceParams; readonly result: null };
  readonly compare: { readonly params: CompareParams; readonly result: CompareResult };
  readonly condenseFile: { readonly params: CondenseFileParams; readonly result: CondensedResult };
  readonly fullText: { readonly params: FullTextParams; readonly result: FullTextResult };
  /** Forgets a condensed file. Answers null. */
  readonly closeFile: { readonly params: CondenseFileParams; readonly result: null };
}

/** Names of the notifications the server sends: `dumpChanged` when a document was parsed anew. */
export const Notifications = {
  dumpChanged: "goroutineDump/dumpChanged",
} as const;

export interface DumpChangedParams {
  readonly uri: string;
}

/** What the client of this project announces in `initializationOptions`. All of it is optional. */
export interface InitializationOptions {
  /** The client answers `FileRequests`. */
  readonly files?: boolean;
  /** The client wants {@link Notifications}. */
  readonly notifications?: boolean;
  /** Workspace is trusted: `go env` may be run. Absence means not trusted. */
  readonly trusted?: boolean;
  /** Remembered answers to ambiguous frames: path in the dump to URI. */
  readonly chosenSources?: Readonly<Record<string, string>>;
  /** Command of the client that shows a place of a dump in its tree; its argument is a {@link Place}. */
  readonly revealCommand?: string;
  /** Command of the client that saves a document; its argument is the document's address. */
  readonly saveCommand?: string;
  /** Settings of a client that cannot be asked for them: what is below `goroutineDump`. */
  readonly settings?: unknown;
}

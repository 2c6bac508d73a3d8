import type { CancellationToken, Event, TextDocument, Uri } from "vscode";

/**
 * What the extension's `activate` gives to other extensions. A version of the API only ever gains members; what would
 * change one becomes a new version beside it.
 */
export interface GoroutineDumpExtension {
  /** Throws a `RangeError` for a version that this extension does not have. */
  getApi(version: 1): GoroutineDumpApi;
}

/** Version 1. Texts may quote a dump: they are never to be shown as markup. */
export interface GoroutineDumpApi {
  readonly version: 1;
  /** Shows a text as a goroutine dump in an editor. */
  openText(text: string): Promise<TextDocument>;
  /**
   * What a dump of an open document holds. Undefined: the document is not open as a goroutine dump, or holds no dump of
   * that index. Rejects with a `SyntaxError` when the filter cannot be read.
   */
  getDump(uri: Uri, options?: DumpOptions, token?: CancellationToken): Promise<Dump | undefined>;
  /** Fires with the address of a document whose dumps were read: when it was opened, and after each change. */
  readonly onDidChangeDump: Event<Uri>;
}

/** Which dump, and what of it; all of it may be left out. */
export interface DumpOptions {
  /** Number of the dump within the document, 0 for the first. */
  readonly index?: number;
  /** Which goroutines, in the filter language of the view: `state:"chan send" wait:>10m`. */
  readonly filter?: string;
}

/** One snapshot of a process's goroutines. */
export interface Dump {
  readonly index: number;
  /** How many dumps the document holds. */
  readonly dumps: number;
  /** How it is written: `traceback`, `profile-text`, `race`, ... */
  readonly form: string;
  readonly goVersion: string | null;
  /** ISO 8601; null: nothing says when it was taken. */
  readonly time: string | null;
  /** Goroutines of the dump, and those that the filter lets through. */
  readonly total: number;
  readonly shown: number;
  /** What is wrong, the surest first. */
  readonly findings: Bounded<Finding>;
  /** Goroutines that share stack and state, the largest group first. */
  readonly groups: Bounded<Group>;
}

/** The first hundred of a list, and how many more there are. */
export interface Bounded<T> {
  readonly items: readonly T[];
  readonly more: number;
}

export interface Finding {
  /** Name of the rule: `leak`, `deadlock-cycle`, ... */
  readonly rule: string;
  readonly certainty: "proven" | "strong" | "suspect";
  /** What and where, in at most 60 characters. */
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly string[];
  /** Goroutines it is about. */
  readonly count: number;
  /** The call that is blamed; null: none is. */
  readonly frame: Frame | null;
  /** Line of the document, 1-based. */
  readonly line: number | null;
}

export interface Group {
  /** `ws.(*Client).Send`. */
  readonly title: string;
  readonly count: number;
  /** As printed, e.g. `chan send`. */
  readonly state: string;
  /** Whole minutes waited at least; null: the dump prints none. */
  readonly waitMinutes: { readonly min: number; readonly max: number } | null;
  /** The first thirty, the innermost first. */
  readonly frames: readonly Frame[];
  /** Frames left out. */
  readonly moreFrames: number;
  /** The `go` statement that started them. */
  readonly createdBy: Frame | null;
  /** Line of the document with the first of them, 1-based. */
  readonly line: number | null;
  /** Index of the first finding about them in `findings.items`; null: there is none. */
  readonly finding: number | null;
}

/** A call as the dump names it. */
export interface Frame {
  readonly function: string;
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
}

import type { Place } from "./base.ts";

/** The text of a file as it was at a revision; `uri` is an address that the server has given. */
export interface RevisionTextParams {
  readonly uri: string;
}

/** Null: there is no such file in a repository of the workspace. */
export type RevisionTextResult = { readonly text: string } | null;

/** Where a line of a file of a revision is today. */
export interface SameLineParams {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
}

export interface SameLineResult {
  /**
   * `same`: it stands at the place as it was; `changed`: the place has taken its place; `gone`: it was taken out, the place
   * is what stood behind it; `noFile`: today there is no such file; `unknown`: the texts have too little in common.
   */
  readonly kind: "same" | "changed" | "gone" | "noFile" | "unknown";
  readonly place: Place | null;
  /** Whether the function that the line is in stands in another file today. */
  readonly isMoved: boolean;
}

/** Which revision a dump is of. */
export interface RevisionsParams {
  readonly uri: string;
}

export interface RevisionsResult {
  /** A sentence: `v1.33.0 fits 98 of 98 frames; the working tree 61.` Null: today's files fit, or there is no history. */
  readonly message: string | null;
  /** The revision that is shown; null: none fits. */
  readonly current: string | null;
  /** The one that the user has chosen; null: it was found. */
  readonly chosen: string | null;
  /** Those that fit first, then the others, the newest first; the first ones. */
  readonly offered: readonly { readonly name: string; readonly isFitting: boolean }[];
}

/** Remembers which revision a dump is of; null: it is found out again. */
export interface ChooseRevisionParams {
  readonly uri: string;
  readonly revision: string | null;
}

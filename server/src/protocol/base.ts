import type { Certainty } from "../core/analysis/certainty.ts";

export type { Certainty };

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

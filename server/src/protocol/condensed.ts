/** The part of the protocol that is about files shown condensed, see `protocol.ts`. */

import type { WorkDoneParams } from "./base.ts";

/**
 * Scheme of the client's documents that show a file condensed, see {@link CondensedResult}; the file's own address is
 * their query.
 */
export const CONDENSED_SCHEME = "goroutine-dump-condensed";

/** The client's command that shows a goroutine in full: address of the condensed document, id. */
export const FULL_TEXT_COMMAND = "goroutineDump.showFullText";

/**
 * Reads a file that is too large for the editor, packed or binary: from the server's disk when its address is `file:`
 * and the server has one, else in pieces through the client, see `ReadChunkParams`.
 */
export interface CondenseFileParams extends WorkDoneParams {
  readonly uri: string;
}

/** A file's dumps grouped, as a text that is a dump itself; until `closeFile` its goroutines can be shown in full. */
export type CondensedResult =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly dumps: number;
      readonly goroutines: number;
      /** Sentences about the file as a whole, e.g. what it is when it holds no dump. */
      readonly notes: readonly string[];
    }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly reason: string };

export interface FullTextParams extends WorkDoneParams {
  /** Address of the file that was condensed. */
  readonly uri: string;
  /** Id of the goroutine. */
  readonly goroutine: number;
}

/** Null: the file holds no such goroutine, or is not open any more. */
export type FullTextResult = { readonly text: string } | null;

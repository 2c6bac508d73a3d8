import type { FrameRef, Place } from "./base.ts";

/** Asks where a frame is in the source. */
export interface ResolveFrameParams {
  /** The dump the frame is from. */
  readonly uri: string;
  readonly frame: FrameRef;
  /** Whether what is remembered of files is forgotten first, for something may have been fetched. Absent: it is not. */
  readonly anew?: boolean;
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
      /** Whether that is so because the file is of another version: it is true of other files, too. */
      readonly isOtherVersion: boolean;
      /** The command that brings the file as the program was built from it; null: it is here, or there is none. */
      readonly get: string | null;
    }
  | {
      readonly kind: "ambiguous";
      readonly candidates: readonly { readonly uri: string; readonly line: number; readonly why: string }[];
    }
  | {
      readonly kind: "notFound";
      readonly tried: readonly string[];
      /** The command that brings the file to this machine; null: there is none. */
      readonly get: string | null;
    }
  /** The file was made by the compiler or a tool and does not exist; `reason` is a sentence. */
  | { readonly kind: "generated"; readonly reason: string };

/** Remembers the user's answer to an ambiguous frame: frames of `file` are in `chosen`. */
export interface ChooseSourceParams {
  readonly file: string;
  readonly chosen: string;
}

/** Asks whether a source file is of another version than the program of a dump was built with. */
export interface SourceVersionParams {
  /** The dump. */
  readonly uri: string;
  readonly sourceUri: string;
}

/** Null: it is not, or the dump has no frame in it. */
export type SourceVersionResult = {
  /** A sentence that says which version was wanted and which is here. */
  readonly warning: string;
  /** The command that brings the one that was wanted; null: there is none. */
  readonly get: string | null;
} | null;

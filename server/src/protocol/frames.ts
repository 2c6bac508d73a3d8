import type { FrameRef, Place } from "./base.ts";

/** Asks where a frame is in the source. */
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

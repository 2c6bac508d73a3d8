import type { FrameTarget } from "./frameTarget.ts";
import type { DumpFrames } from "./dumpFrames.ts";
import type { OtherVersion } from "../base/otherVersion.ts";
import type { CancellationToken } from "../base/ports.ts";

/** A file a search came up with, before its text is looked at. */
export interface Candidate {
  readonly uri: string;
  /** How it was found, as part of a sentence. */
  readonly how: string;
  /** Firm: the right file even when its text has changed since. Else it counts only when its text bears it out. */
  readonly isFirm: boolean;
  /** Whether so little speaks for the file that its text must bear it out with more than a common name. */
  readonly isWeak?: boolean;
  /** See `FoundSource.otherVersion`. */
  readonly otherVersion?: OtherVersion;
}

/** What one search gave. */
export interface Attempt {
  readonly candidates: readonly Candidate[];
  /** A sentence for the list of what was tried; undefined when the search does not apply to the frame. */
  readonly tried: string | undefined;
}

/** What is looked for, in which dump. */
export interface SearchRequest {
  readonly target: FrameTarget;
  readonly frames: DumpFrames;
  /** `1.24.4`; undefined when nothing tells. */
  readonly goVersion: string | undefined;
  /** `1.22`: the oldest release that it can be, when `goVersion` is undefined; undefined when nothing tells. */
  readonly leastGo: string | undefined;
  readonly token: CancellationToken;
}

/** The search does not apply. */
export const NOT_APPLICABLE: Attempt = { candidates: [], tried: undefined };

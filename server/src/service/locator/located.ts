import type { OtherVersion } from "../base/otherVersion.ts";

/** A frame as the dump writes it. */
export interface SourceFrame {
  /** The linker's name, `example.com/a/b.(*T).M.func1`; "" when unknown. */
  readonly function: string;
  /** The path on the machine that built the program, or what `-trimpath` made of it. */
  readonly file: string;
  /** 1-based, as Go prints it. */
  readonly line: number;
  /**
   * What the line calls: function of the frame above, {@link GO_STATEMENT} for a `created by`. Absent: not known. It
   * tells which of several programs' `main.go` a frame of `main.main` is in.
   */
  readonly calls?: string;
  /** Wait reason of a goroutine that is blocked in the line itself: `chan send`. Absent: none is known to be. */
  readonly waits?: string;
}

/** What a place of `created by` calls. */
export const GO_STATEMENT = "go";

/** What is known of the dump the frame stands in. */
export interface LocateContext {
  /** `go1.24.4`; null, or something else (`go1.22 or later`), when the dump does not tell exactly. */
  readonly goVersion: string | null;
  /** Distinguishes dumps of different builds: roots learnt from one do not serve the other. */
  readonly dumpUri?: string;
  /** Other frames of the same dump, in any order: a `main` frame alone does not tell its module, its neighbours do. */
  readonly frames?: readonly SourceFrame[];
}

/** A version of a module that a dump names; `std` is Go itself, whose versions are written `1.24.4`. */
export interface SourceVersion {
  readonly module: string;
  readonly version: string;
}

/**
 * Whether the found file is the one the program was built from: `encloses` when the frame's function encloses the line,
 * `drifted` when it does not (the source has changed), `unchecked` when the file is no Go, is of another version, or cannot
 * tell.
 */
export type Proof = "encloses" | "drifted" | "unchecked";

/** The file was found. */
export interface FoundSource {
  readonly kind: "found";
  readonly uri: string;
  /** 0-based. */
  readonly line: number;
  /** How, as part of a sentence: `go.mod module github.com/a/b`, `path inside the workspace`. */
  readonly how: string;
  readonly proof: Proof;
  /** When drifted: the 0-based line nearest to the frame's inside its function; absent when the function is gone. */
  readonly nearestLine?: number;
  /** Absent: the file is of the version that the dump names, or the dump names none. */
  readonly otherVersion?: OtherVersion;
}

/** A file that may be the one, and what speaks for it. */
export interface SourceChoice {
  readonly uri: string;
  readonly why: string;
}

/** Where a frame's source is. */
export type Located =
  | FoundSource
  /** Several files fit, or one fits too loosely to be opened unasked: the user decides. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly SourceChoice[] }
  /** `tried`: sentences that say where the file was looked for. `missing`: what would hold it; absent: nothing tells. */
  | { readonly kind: "notFound"; readonly tried: readonly string[]; readonly missing?: SourceVersion }
  /** There is no such file to find; `reason` is a sentence. */
  | { readonly kind: "generated"; readonly reason: string };

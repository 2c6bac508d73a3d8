import type { CancellationToken } from "../base/ports.ts";

/** A commit that a program may have been built from. */
export interface Revision {
  /** The commit's whole hash. */
  readonly commit: string;
  /** What people call it: a tag, or the first twelve digits of the hash. */
  readonly name: string;
  /** Other tags of the commit. Absent: none are known. */
  readonly otherNames?: readonly string[];
  readonly isTag: boolean;
}

/** The commits of a repository among which is searched. */
export interface Candidates {
  /** Tags and the latest commits, the newest first; each commit once. */
  readonly revisions: readonly Revision[];
  /** Whether all tags and commits are among them; false where a limit was met. */
  readonly isWhole: boolean;
}

/** A file at a commit. `path` is below the repository's top folder, with slashes. */
export interface FileAtRevision {
  readonly commit: string;
  readonly path: string;
}

/**
 * The history of one repository, read only. Nothing is ever checked out or fetched. What cannot be read is absent, never
 * an exception.
 */
export interface History {
  /** Address of the repository's top folder. */
  readonly root: string;
  candidates(token: CancellationToken): Promise<Candidates>;
  /** The commit that a tag, a branch or the beginning of a hash names; undefined when the repository has none such. */
  find(name: string): Promise<Revision | undefined>;
  /** What names the texts of some files, in their order: the same name, the same text; undefined for an absent file. */
  blobs(files: readonly FileAtRevision[]): Promise<readonly (string | undefined)[]>;
  /** The bytes that {@link blobs} has named; undefined when they are too many or cannot be read. */
  read(blob: string): Promise<Uint8Array | undefined>;
  /** Files of a commit that have another path today, committed or not: old path to new one. Not all, if they are too many. */
  renames(commit: string): Promise<ReadonlyMap<string, string>>;
  /** All files of a commit, links left out: path to the name of its text. Undefined: too many to list. */
  files(commit: string): Promise<ReadonlyMap<string, string> | undefined>;
}

import type { CancellationToken, FileSystem } from "../base/ports.ts";
import { commonSuffixLength } from "./framePath.ts";
import { joinUri, uriSegments } from "./fileTree.ts";
import { append } from "../../core/lists.ts";

/** Folders walked in all roots together: a large monorepo has some 30,000 of its own. */
const MAX_FOLDERS = 50_000;
/** Source files kept in all roots together. */
const MAX_FILES = 200_000;
/** How deep the walk goes: deeper trees are copies within copies. */
const MAX_DEPTH = 40;
/** Folders read at the same time. */
const PARALLEL = 16;
/** Folders that hold no Go source of the workspace's own. */
const SKIPPED = /^(?:\.git|\.hg|\.svn|node_modules|bower_components)$/;
/** What a position can name: Go, assembly, C, and what tools make Go of (`//line`): grammars and templates. */
const SOURCE = /\.(?:go|s|S|c|cc|cpp|cxx|m|h|hh|hpp|y|l|rl|templ|tmpl|qtpl|peg|re|gotmpl|ego|gop|gox|html|proto|pyx?)$/;

/** A source file of the workspace. */
export interface IndexedFile {
  readonly root: string;
  /** Below the root. */
  readonly segments: readonly string[];
}

/** The source files of the workspace by name, and where its modules are. */
export interface WorkspaceIndex {
  /** The files with that name, upper and lower case alike. */
  named(base: string): readonly IndexedFile[];
  /** Whether a change of that file leaves the index as it is: the file is known, or none that an index keeps. */
  isUnmovedBy(uri: string): boolean;
  /** The `go.mod` and `go.work` files. */
  readonly moduleFiles: readonly IndexedFile[];
  /** The `vendor` folders, which the walk does not enter. */
  readonly vendorFolders: readonly string[];
  /** A sentence when a limit cut the walk short; undefined when all was seen. */
  readonly limitNote: string | undefined;
}

/**
 * Walks the workspace folders. Links are not followed: a link back to a folder above would never end, and one to
 * elsewhere would make each file there look like two.
 */
export async function indexWorkspace(
  files: FileSystem,
  roots: readonly string[],
  token: CancellationToken,
): Promise<WorkspaceIndex | undefined> {
  const walk = new Walk(files);
  for (const root of roots) await walk.run(root, token);
  return token.isCancellationRequested ? undefined : walk;
}

/** Counts the last segments that a path and a file share, the root's own path included. Case does not matter. */
export function matchLength(file: IndexedFile, segments: readonly string[]): number {
  const own = commonSuffixLength(file.segments, segments, true);
  if (own < file.segments.length) return own;
  return own + commonSuffixLength(uriSegments(file.root), segments.slice(0, segments.length - own), true);
}

/** The address of an indexed file. */
export function indexedUri(file: IndexedFile): string {
  return joinUri(file.root, file.segments);
}

class Walk implements WorkspaceIndex {
  readonly #files: FileSystem;
  readonly #named = new Map<string, IndexedFile[]>();
  readonly moduleFiles: IndexedFile[] = [];
  readonly vendorFolders: string[] = [];
  #folders = 0;
  #count = 0;
  limitNote: string | undefined;

  constructor(files: FileSystem) {
    this.#files = files;
  }

  named(base: string): readonly IndexedFile[] {
    return this.#named.get(base.toLowerCase()) ?? [];
  }

  isUnmovedBy(uri: string): boolean {
    const base = uriSegments(uri).at(-1) ?? "";
    if (base === "go.mod" || base === "go.work") return false;
    return !SOURCE.test(base) || this.named(base).some((file) => indexedUri(file) === uri);
  }

  /** Level by level, so that what a limit leaves out is what lies deepest. */
  async run(root: string, token: CancellationToken): Promise<void> {
    let level: readonly (readonly string[])[] = [[]];
    for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
      const next: (readonly string[])[] = [];
      for (let at = 0; at < level.length; at += PARALLEL) {
        if (token.isCancellationRequested) return;
        const below = await Promise.all(level.slice(at, at + PARALLEL).map((folder) => this.#enter(root, folder)));
        append(next, below.flat());
      }
      level = next;
    }
    if (level.length > 0) this.#hitLimit();
  }

  /** Reads a folder; gives the folders below it that are to be read. */
  async #enter(root: string, folder: readonly string[]): Promise<readonly (readonly string[])[]> {
    const below: (readonly string[])[] = [];
    for (const [name, kind] of await this.#files.readDirectory(joinUri(root, folder))) {
      if (kind === "file") this.#addFile({ root, segments: [...folder, name] }, name);
      else if (kind === "directory" && name === "vendor") this.vendorFolders.push(joinUri(root, [...folder, name]));
      else if (kind === "directory" && !SKIPPED.test(name) && this.#mayAddFolder()) below.push([...folder, name]);
    }
    return below;
  }

  #addFile(file: IndexedFile, name: string): void {
    if (name === "go.mod" || name === "go.work") this.moduleFiles.push(file);
    if (!SOURCE.test(name)) return;
    if (this.#count >= MAX_FILES) return this.#hitLimit();
    this.#count++;
    const alike = this.#named.get(name.toLowerCase());
    if (alike) alike.push(file);
    else this.#named.set(name.toLowerCase(), [file]);
  }

  #mayAddFolder(): boolean {
    if (this.#folders >= MAX_FOLDERS) this.#hitLimit();
    return this.#folders++ < MAX_FOLDERS;
  }

  #hitLimit(): void {
    this.limitNote = "The workspace is large: the folders that lie deepest were not searched.";
  }
}

import type { History, Revision } from "../../server/src/service/revision/history.ts";
import type { Release } from "./releases.ts";

/** Releases as the tags of a repository, the last one the newest. */
export class MemoryHistory implements History {
  readonly root: string;
  /** Texts that were read. */
  readonly texts: string[] = [];
  readonly #releases: readonly Release[];

  constructor(releases: readonly Release[], root = "file:///repo") {
    this.#releases = releases;
    this.root = root;
  }

  async candidates(): Promise<{ readonly revisions: readonly Revision[]; readonly isWhole: boolean }> {
    return { revisions: this.#releases.map(({ tag }) => revisionOf(tag)).reverse(), isWhole: true };
  }

  async find(name: string): Promise<Revision | undefined> {
    return this.#releases.some(({ tag }) => tag === name) ? revisionOf(name) : undefined;
  }

  async blobs(files: Parameters<History["blobs"]>[0]): Promise<readonly (string | undefined)[]> {
    return files.map(({ commit, path }) => this.#filesOf(commit)?.get(path));
  }

  async read(blob: string): Promise<Uint8Array | undefined> {
    this.texts.push(blob);
    return new TextEncoder().encode(blob);
  }

  async files(commit: string): Promise<ReadonlyMap<string, string> | undefined> {
    return this.#filesOf(commit);
  }

  /** A file that is gone, and the one of the last release of the same base name, as far as there is just one. */
  async renames(commit: string): Promise<ReadonlyMap<string, string>> {
    const [old, last] = [this.#filesOf(commit), this.#releases.at(-1)?.files];
    if (!old || !last) return new Map();
    const added = [...last.keys()].filter((path) => !old.has(path));
    return new Map(
      [...old.keys()].flatMap((path) => {
        const alike = last.has(path) ? [] : added.filter((other) => baseOf(other) === baseOf(path));
        return alike.length === 1 ? [[path, alike[0]!] as const] : [];
      }),
    );
  }

  #filesOf(commit: string): ReadonlyMap<string, string> | undefined {
    return this.#releases.find(({ tag }) => commitOf(tag) === commit)?.files;
  }
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function revisionOf(tag: string): Revision {
  return { commit: commitOf(tag), name: tag, isTag: true };
}

/** A hash like any other: the tag in hexadecimal digits. */
export function commitOf(tag: string): string {
  return Buffer.from(tag).toString("hex").padEnd(40, "0");
}

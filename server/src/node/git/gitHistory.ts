import { fileURLToPath } from "node:url";
import type { CancellationToken } from "../../service/base/ports.ts";
import { MAX_SOURCE_BYTES } from "../../service/locator/fileTree.ts";
import type { Candidates, FileAtRevision, History, Revision } from "../../service/revision/history.ts";
import { GitCommand } from "./gitCommand.ts";
import { ObjectReader } from "./objectReader.ts";

/** Tags that are candidates, the newest; the projects with most releases have some 1,500. */
const MAX_TAGS = 2_000;
/** Commits before the present one that are candidates: some months of a busy project. */
const MAX_COMMITS = 1_000;
/** Files of one commit that are listed; the largest Go repositories have 60,000. */
const MAX_FILES = 200_000;
/** Files added and removed that git compares with each other; of more it finds those alone that have not changed. */
const MAX_RENAMES = 1_000;
const HASH_DIGITS = 12;

interface Dated extends Revision {
  /** Seconds since the epoch. */
  readonly time: number;
}

/** The history of a git repository, read by git itself. Undefined: there is no git. `root`: its top folder's address. */
export function gitHistory(root: string): History | undefined {
  const git = GitCommand.at(fileURLToPath(root));
  return git && new GitHistory(root, git);
}

class GitHistory implements History {
  readonly root: string;
  readonly #git: GitCommand;
  readonly #names: ObjectReader;
  readonly #objects: ObjectReader;
  /** Size of each text that was named. */
  readonly #sizes = new Map<string, number>();

  constructor(root: string, git: GitCommand) {
    this.root = root;
    this.#git = git;
    this.#names = new ObjectReader(git, "--batch-check");
    this.#objects = new ObjectReader(git, "--batch");
  }

  async candidates(token: CancellationToken): Promise<Candidates> {
    const [tags, commits] = await Promise.all([this.#tags(), this.#commits()]);
    if (token.isCancellationRequested) return { revisions: [], isWhole: false };
    const byCommit = new Map<string, Dated>();
    for (const each of [...tags, ...commits]) {
      const known = byCommit.get(each.commit);
      byCommit.set(each.commit, known ? withOtherName(known, each) : each);
    }
    const revisions = [...byCommit.values()].sort((a, b) => b.time - a.time);
    return { revisions, isWhole: tags.length < MAX_TAGS };
  }

  async find(name: string): Promise<Revision | undefined> {
    const tag = await this.#names.ask(`refs/tags/${name}^{commit}`);
    const found = tag ?? (await this.#names.ask(`${name}^{commit}`));
    if (found?.type !== "commit") return undefined;
    const isHash = tag === undefined && found.id.startsWith(name);
    return { commit: found.id, name: isHash ? shortHash(found.id) : name, isTag: tag !== undefined };
  }

  async blobs(files: readonly FileAtRevision[]): Promise<readonly (string | undefined)[]> {
    const found = await Promise.all(files.map(({ commit, path }) => this.#names.ask(`${commit}:${path}`)));
    return found.map((object) => {
      if (object?.type !== "blob") return undefined;
      this.#sizes.set(object.id, object.size);
      return object.id;
    });
  }

  async read(blob: string): Promise<Uint8Array | undefined> {
    const size = this.#sizes.get(blob) ?? (await this.#names.ask(blob))?.size ?? Infinity;
    if (size > MAX_SOURCE_BYTES) return undefined;
    const object = await this.#objects.ask(blob);
    return object?.type === "blob" ? object.bytes : undefined;
  }

  async files(commit: string): Promise<ReadonlyMap<string, string> | undefined> {
    const text = await this.#git.run(["ls-tree", "-r", "-z", "--full-tree", commit]);
    if (text === undefined) return undefined;
    const files = new Map<string, string>();
    for (const [, blob, path] of text.matchAll(/100\d{3} blob ([0-9a-f]+)\t([^\0]*)\0/g)) {
      if (files.size >= MAX_FILES) return undefined;
      files.set(path!, blob!);
    }
    return files;
  }

  async renames(commit: string): Promise<ReadonlyMap<string, string>> {
    const options = ["-z", "-M", `-l${MAX_RENAMES}`, "--diff-filter=R", "--name-status"];
    // The index has what was renamed and is not committed yet.
    const text = (await this.#git.run(["diff-index", "--cached", ...options, commit])) ?? "";
    return new Map([...text.matchAll(/R\d+\0([^\0]+)\0([^\0]+)\0/g)].map(([, from, to]) => [from!, to!]));
  }

  async #tags(): Promise<readonly Dated[]> {
    const format = "%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(creatordate:unix) %(refname:strip=2)";
    const listed = ["for-each-ref", "--sort=-creatordate", `--count=${MAX_TAGS}`, `--format=${format}`, "refs/tags"];
    const text = (await this.#git.run(listed)) ?? "";
    const tags: Dated[] = [];
    for (const [, type, own, peeledType, peeled, time, name] of text.matchAll(
      /^(\w+) (\w+) (\w*) (\w*) (\d*) (.+)$/gm,
    )) {
      const commit = type === "commit" ? own : peeledType === "commit" ? peeled : undefined;
      if (commit !== undefined) tags.push({ commit, name: name!, isTag: true, time: Number(time) });
    }
    return tags;
  }

  async #commits(): Promise<readonly Dated[]> {
    const text = (await this.#git.run(["rev-list", "--timestamp", `--max-count=${MAX_COMMITS}`, "HEAD"])) ?? "";
    return [...text.matchAll(/^(\d+) ([0-9a-f]+)$/gm)].map(([, time, commit]) => ({
      commit: commit!,
      name: shortHash(commit!),
      isTag: false,
      time: Number(time),
    }));
  }
}

/** `other`: the same commit by another name. */
function withOtherName(revision: Dated, { name, isTag }: Dated): Dated {
  return isTag ? { ...revision, otherNames: [...(revision.otherNames ?? []), name] } : revision;
}

function shortHash(commit: string): string {
  return commit.slice(0, HASH_DIGITS);
}

import type { History } from "./history.ts";
import type { RepositoryFit } from "./partFit.ts";

/** Revisions that fit equally whose files are compared with each other; more are not taken for one program. */
const MAX_EQUAL = 20;

/**
 * Whether all revisions that fit a dump are the same as far as they were read: the Go files of the folders that a file was
 * read of, and all module files. Tests count where the dump is of one.
 *
 * `read`: paths of the files that were read.
 */
export async function areSameProgram(
  { kind, best, history, paths }: Pick<RepositoryFit, "kind" | "best" | "history" | "paths">,
  read: ReadonlySet<string>,
): Promise<boolean> {
  if (kind !== "equal") return kind === "exact";
  if (best.length > MAX_EQUAL) return false;
  const folders = new Set([...read].map(folderOf));
  const isTest = [...paths.values()].some(isTestFile);
  const counts = (path: string): boolean =>
    isModuleFile(path) || (path.endsWith(".go") && folders.has(folderOf(path)) && (isTest || !isTestFile(path)));
  const texts: (string | undefined)[] = [];
  for (const { revision } of best) texts.push(await filesAt(history, revision.commit, counts));
  return texts.every((text) => text !== undefined && text === texts[0]);
}

/** Names the files of a commit, and their texts. */
async function filesAt(
  history: History,
  commit: string,
  counts: (path: string) => boolean,
): Promise<string | undefined> {
  const files = await history.files(commit);
  return files && JSON.stringify([...files].filter(([path]) => counts(path)));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function isModuleFile(path: string): boolean {
  return /(?:^|\/)go\.(?:mod|work)$/.test(path);
}

function isTestFile(path: string): boolean {
  return path.endsWith("_test.go");
}

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Release } from "./releases.ts";

/** Runs git in a folder, without what the machine's user has configured. */
export function runGit(folder: string, ...args: readonly string[]): string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.com",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.com",
  };
  return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", env });
}

/**
 * A repository with the releases as its tags; the work tree is that of the last one.
 * @param more further files, which no release changes
 * @param folder an empty one; without it, a temporary one is made
 * @returns the folder
 */
export function makeRepository(
  releases: readonly Release[],
  more: Readonly<Record<string, string>> = {},
  folder = mkdtempSync(join(tmpdir(), "releases-")),
): string {
  runGit(folder, "init", "--quiet", "--initial-branch=main");
  for (const [path, text] of Object.entries(more)) write(folder, path, text);
  let known: Iterable<string> = [];
  for (const { tag, files } of releases) {
    for (const path of known) if (!files.has(path)) rmSync(join(folder, path));
    for (const [path, text] of files) write(folder, path, text);
    runGit(folder, "add", "--all");
    runGit(folder, "commit", "--quiet", "--allow-empty", `--message=${tag}`);
    runGit(folder, "tag", tag);
    known = files.keys();
  }
  return folder;
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

import { type BigIntStats, fstatSync, statSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { append } from "../core/lists.ts";
import type { Output } from "./commands/command.ts";
import { cannotRead, InputError } from "./usageError.ts";

/** What is below a folder, without what links lead to. */
interface Found {
  readonly files: string[];
  readonly links: string[];
}

/**
 * All files below a folder, but hidden ones and what this process writes (`out`, redirections). A link to a file stands for
 * it, unless the file is there itself: a mounted ConfigMap is nothing but links into a hidden folder. One to a folder is
 * told of: what is below it might be counted twice, or never end.
 */
export async function filesBelow(folder: string, warn: Output["warn"], out: string | null): Promise<readonly string[]> {
  const found: Found = { files: [], links: [] };
  const folders = [folder];
  // It grows meanwhile.
  for (const each of folders) {
    try {
      append(folders, await addFolder(each, found));
    } catch (error) {
      if (each === folder) throw notAFolder(folder, error);
      warn(cannotRead(each, error).message, true);
    }
  }
  const linked = found.links.length === 0 ? [] : await linkedFiles(folder, found, warn);
  return withoutWritten([...found.files, ...linked], out);
}

function notAFolder(path: string, error: unknown): InputError {
  return statsOf(path)?.isDirectory() === false ? new InputError(`${path} is no folder`) : cannotRead(path, error);
}

/** Adds what a folder holds; gives the folders in it. */
async function addFolder(folder: string, { files, links }: Found): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) folders.push(path);
    else if (entry.isFile()) files.push(path);
    else if (entry.isSymbolicLink()) links.push(path);
  }
  return folders;
}

/** The links that lead to a file, each file once, and those that lead nowhere: why, is said where they are read. */
async function linkedFiles(folder: string, { files, links }: Found, warn: Output["warn"]): Promise<readonly string[]> {
  const top = await realpath(folder);
  const known = new Set(files.map((file) => join(top, relative(folder, file))));
  const linked: string[] = [];
  const others: string[] = [];
  for (const link of links.sort()) {
    const target = await stat(link).catch(() => null);
    if (target?.isFile() === false) others.push(link);
    else {
      const file = target === null ? link : await realpath(link);
      if (!known.has(file)) linked.push(link);
      known.add(file);
    }
  }
  const [first] = others;
  if (first !== undefined) warn(`Links to folders are not followed: ${first}${andOthers(others.length - 1)}.`);
  return linked;
}

function andOthers(count: number): string {
  return count === 0 ? "" : ` and ${count} more`;
}

/** The files but those that this process writes. */
function withoutWritten(files: readonly string[], out: string | null): readonly string[] {
  const [STDOUT, STDERR] = [1, 2];
  const own = [STDOUT, STDERR, out].map(statsOf).filter((stats) => stats?.isFile() === true);
  if (own.length === 0) return files;
  return files.filter((file) => {
    const stats = statsOf(file);
    return !own.some((each) => each?.dev === stats?.dev && each?.ino === stats?.ino);
  });
}

/** Null: there is no such file or stream. */
function statsOf(target: string | number | null): BigIntStats | null {
  try {
    // On Windows the number of a file is beyond what a `number` holds.
    if (typeof target === "string") return statSync(target, { bigint: true });
    return target === null ? null : fstatSync(target, { bigint: true });
  } catch {
    return null;
  }
}

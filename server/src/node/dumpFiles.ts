import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { timeOf } from "../core/compare/snapshotOrder.ts";
import type { Dump } from "../core/model/dump.ts";
import { MANIFEST, type ManifestEntry, manifestEntries } from "./captureManifest.ts";
import type { Output } from "./commands/command.ts";
import { filesBelow } from "./filesBelow.ts";
import { cannotRead } from "./usageError.ts";

/** Endings of dumps' names. */
const ENDING = /\.(?:debug\d|goroutines?|dump|txt|log|pb|pprof|gz)$/;
/** Lines of a manifest of which it is told what is wrong with them. */
const WRONG_TOLD = 10;
/** A time at the end of a name, and what parts it from the host. */
const TIME = /[-_.]?\d{4}-?\d\d-?\d\d[T_. -]?\d\d[-:_.h]?\d\d[-:_.m]?\d\d(?:\.\d{1,9})?Z?$/;

/** A dump's file, and whose it is. */
export interface DumpFile {
  readonly path: string;
  readonly host: string;
  /** As a manifest says, in milliseconds since the epoch; null: the dump or its name tells, if anything does. */
  readonly time: number | null;
  /** Of a manifest; empty: none are known. */
  readonly labels: Readonly<Record<string, string>>;
}

/** When a dump of a file was taken, in milliseconds since the epoch; null: nothing says it. */
export function takenAt(dump: Dump, { path, time }: Pick<DumpFile, "path" | "time">): number | null {
  return timeOf({ time: dump.time, file: path }) ?? time;
}

/** All files below a folder, see `filesBelow`, those of one host one after the other. */
export async function dumpFilesBelow(
  folder: string,
  warn: Output["warn"],
  out: string | null = null,
): Promise<readonly DumpFile[]> {
  const paths = (await filesBelow(folder, warn, out)).filter((path) => basename(path) !== MANIFEST);
  return describe(paths, (path) => relative(folder, path), warn);
}

/** The same of files that were named. */
export function namedDumpFiles(paths: readonly string[], warn: Output["warn"]): Promise<readonly DumpFile[]> {
  return describe(paths, (path) => path, warn);
}

/** Whose each file is: the manifest beside it says it, else the name that `nameOf` gives. */
async function describe(
  paths: readonly string[],
  nameOf: (path: string) => string,
  warn: Output["warn"],
): Promise<readonly DumpFile[]> {
  const manifests = new Manifests(warn);
  const files: DumpFile[] = [];
  for (const path of paths) {
    const captured = await manifests.entryOf(path);
    files.push({ ...captured, host: captured.host ?? hostOf(nameOf(path)) });
  }
  return files.sort((left, right) => compare(left.host, right.host) || compare(left.path, right.path));
}

/** A dump's file, as far as a manifest tells of it. */
type CapturedFile = Omit<DumpFile, "host"> & { readonly host: string | null };

/** The manifests of the folders that files are in, each read once. */
export class Manifests {
  readonly #byFolder = new Map<string, Promise<ReadonlyMap<string, ManifestEntry>>>();
  readonly #warn: Output["warn"];

  constructor(warn: Output["warn"]) {
    this.#warn = warn;
  }

  /** What the manifest beside a file says of it; nothing is known of one that was not captured. */
  async entryOf(path: string): Promise<CapturedFile> {
    const folder = dirname(path);
    const manifest = this.#byFolder.get(folder) ?? readManifest(join(folder, MANIFEST), this.#warn);
    this.#byFolder.set(folder, manifest);
    const entry = (await manifest).get(basename(path));
    return {
      path,
      host: entry?.host ?? null,
      time: entry ? Date.parse(entry.time) : null,
      labels: entry?.labels ?? {},
    };
  }
}

/** What a manifest says, by name of a dump; empty: there is none. */
async function readManifest(manifest: string, warn: Output["warn"]): Promise<ReadonlyMap<string, ManifestEntry>> {
  const text = await readFile(manifest, "utf8").catch((error: unknown) => {
    if (existsSync(manifest)) warn(cannotRead(manifest, error).message, true);
    return "";
  });
  let wrong = 0;
  const others: number[] = [];
  const complain = (line: number, problem: string | null): void => {
    if (problem === null) others.push(line);
    else if (wrong++ < WRONG_TOLD) warn(`${manifest}:${line}: ${problem}. The line is left out.`);
  };
  const entries = new Map<string, ManifestEntry>();
  for (const entry of manifestEntries(text, complain)) if (entry.file !== null) entries.set(entry.file, entry);
  const [first] = others;
  if (first !== undefined)
    warn(
      `${manifest}:${first}: this is no line of a capture${others.length > 1 ? ` (${others.length} lines in all)` : ""}.`,
    );
  if (wrong > WRONG_TOLD) warn(`${manifest}: ${wrong - WRONG_TOLD} more lines are left out.`);
  return entries;
}

/** The folder that a file is in names its host; without one the file's name does, without what is of one dump. */
function hostOf(name: string): string {
  const folder = basename(dirname(name));
  if (/[^.]/.test(folder)) return folder;
  let file = basename(name);
  while (ENDING.test(file)) file = file.replace(ENDING, "");
  return file.replace(TIME, "") || file;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

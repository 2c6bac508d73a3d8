import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { timeOf } from "../core/compare/snapshotOrder.ts";
import type { Dump } from "../core/model/dump.ts";
import { MANIFEST, type ManifestEntry, manifestLines } from "./captureManifest.ts";
import type { Output } from "./commands/command.ts";
import { filesBelow } from "./filesBelow.ts";

/** Endings of dumps' names. */
const ENDING = /\.(?:debug\d|goroutines?|dump|txt|log|pb|pprof|gz)$/;
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
  return describe(paths, (path) => relative(folder, path));
}

/** The same of files that were named. */
export function namedDumpFiles(paths: readonly string[]): Promise<readonly DumpFile[]> {
  return describe(paths, (path) => path);
}

/** Whose each file is: the manifest beside it says it, else the name that `nameOf` gives. */
async function describe(paths: readonly string[], nameOf: (path: string) => string): Promise<readonly DumpFile[]> {
  const manifests = new Manifests();
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

  /** What the manifest beside a file says of it; nothing is known of one that was not captured. */
  async entryOf(path: string): Promise<CapturedFile> {
    const folder = dirname(path);
    const manifest = this.#byFolder.get(folder) ?? readManifest(folder);
    this.#byFolder.set(folder, manifest);
    const { host = null, time, labels = {} } = (await manifest).get(basename(path)) ?? {};
    const taken = Date.parse(time ?? "");
    return { path, host, time: Number.isNaN(taken) ? null : taken, labels };
  }
}

/** What a folder's manifest says, by name of a dump; empty: it has none. */
async function readManifest(folder: string): Promise<ReadonlyMap<string, ManifestEntry>> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => "");
  const entries = new Map<string, ManifestEntry>();
  for (const entry of manifestLines(text)) if (entry.file !== null) entries.set(entry.file, entry);
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

import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { createInterface } from "node:readline";
import { timeOf } from "../core/compare/snapshotOrder.ts";
import type { FleetReport } from "../output/fleet.ts";
import { fleetReport, type FleetView } from "../service/fleet/fleetReport.ts";
import { FleetTable } from "../service/fleet/fleetTable.ts";
import { standings } from "../service/fleet/standings.ts";
import { analyseFile } from "./analyseFile.ts";
import { MANIFEST, readManifest } from "./captureManifest.ts";
import type { Output } from "./commands/command.ts";
import { UsageError } from "./usageError.ts";

/** Files of a fleet at most: their names are all that is held at once. */
const MAX_FILES = 1_000_000;
/** Files that could not be read of which the report tells. */
const PROBLEMS_TOLD = 20;
/** Endings of dumps' names. */
const ENDING = /\.(?:debug\d|goroutines?|dump|txt|log|pb|pprof|gz)$/;
/** A time at the end of a name, and what parts it from the host. */
const TIME = /[-_.]?\d{4}-?\d\d-?\d\d[T_. -]?\d\d[-:_.h]?\d\d[-:_.m]?\d\d(?:\.\d{1,9})?Z?$/;

/** A dump's file, and whose it is. */
interface HostFile {
  readonly path: string;
  readonly host: string;
  /** As a manifest says, in milliseconds since the epoch; null: the dump or its name tells, if anything does. */
  readonly time: number | null;
}

/** Counts goroutines by place over the dumps of a folder (`-`: of the files that standard input names, one a line). */
export async function readFleet(source: string, view: FleetView, output: Output): Promise<FleetReport> {
  const table = new FleetTable();
  const problems = { first: [] as string[], count: 0 };
  const warn = (sentence: string): void => {
    if (problems.first.length < PROBLEMS_TOLD) problems.first.push(sentence);
    problems.count++;
  };
  const files = source === "-" ? await namedFiles() : await filesBelow(source);
  if (files.length > MAX_FILES) output.warn(`Only the first ${MAX_FILES} of ${files.length} files are read.`);
  for (const file of files.slice(0, MAX_FILES)) await addFile(table, file, warn);
  return fleetReport(table, problems, view);
}

async function addFile(table: FleetTable, { path, host, time }: HostFile, warn: Output["warn"]): Promise<void> {
  try {
    for (const { prepared, findings } of await analyseFile(path, warn)) {
      const { dump, groups } = prepared;
      const taken = timeOf({ time: dump.time, file: path }) ?? time;
      table.add({ host, time: taken, standings: standings(dump, groups, findings) });
    }
  } catch (error) {
    // One file that cannot be read does not end a fleet of thousands.
    if (!(error instanceof UsageError)) throw error;
    warn(error.message);
  }
}

/** All files below a folder, those of one host one after the other. */
async function filesBelow(folder: string): Promise<readonly HostFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: Error) => {
    throw new UsageError(`${folder} cannot be read: ${error.message}`);
  });
  const manifest = readManifest(await readFile(join(folder, MANIFEST), "utf8").catch(() => ""));
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && entry.name !== MANIFEST)
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path).split(sep).join("/");
      const captured = manifest.get(name);
      return { path, host: captured?.host ?? hostOf(name), time: captured?.time ?? null };
    });
  return inHostOrder(files);
}

async function namedFiles(): Promise<readonly HostFile[]> {
  const files: HostFile[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== "") files.push({ path: line, host: hostOf(line), time: null });
  }
  return inHostOrder(files);
}

/** The folder that a file is in names its host; without one the file's name does, without what is of one dump. */
function hostOf(name: string): string {
  const folder = name.split("/").at(-2);
  if (folder !== undefined && folder !== "") return folder;
  let file = basename(name);
  while (ENDING.test(file)) file = file.replace(ENDING, "");
  return file.replace(TIME, "") || file;
}

function inHostOrder(files: readonly HostFile[]): readonly HostFile[] {
  return [...files].sort((left, right) => compare(left.host, right.host) || compare(left.path, right.path));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

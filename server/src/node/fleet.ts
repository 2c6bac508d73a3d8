import { createInterface } from "node:readline";
import type { FleetReport } from "../output/fleet.ts";
import { fleetReport, type FleetView } from "../service/fleet/fleetReport.ts";
import { FleetTable } from "../service/fleet/fleetTable.ts";
import { standings } from "../service/fleet/standings.ts";
import { analyseFile } from "./analyseFile.ts";
import type { Output } from "./commands/command.ts";
import { ifReadable } from "./readEach.ts";
import { standardInput } from "./standardInput.ts";
import { InputError, inputName } from "./usageError.ts";
import { type DumpFile, dumpFilesBelow, namedDumpFiles, takenAt } from "./dumpFiles.ts";

/** Files of a fleet at most: their names are all that is held at once. */
const MAX_FILES = 1_000_000;
/** Files that could not be read of which the report tells. */
const PROBLEMS_TOLD = 20;

/** Counts goroutines by place over the dumps of a folder (`-`: of the files that standard input names, one a line). */
export async function readFleet(source: string, view: FleetView, output: Output): Promise<FleetReport> {
  const table = new FleetTable();
  const problems = { first: [] as string[], count: 0 };
  let isUnreadable = false;
  const warn: Output["warn"] = (sentence, isOne = false) => {
    isUnreadable ||= isOne;
    if (problems.first.length < PROBLEMS_TOLD) problems.first.push(sentence);
    problems.count++;
  };
  const files = source === "-" ? await namedDumpFiles(await namesOfInput(), warn) : await dumpFilesBelow(source, warn);
  if (files.length > MAX_FILES) output.warn(`Only the first ${MAX_FILES} of ${files.length} files are read.`);
  for (const file of files.slice(0, MAX_FILES)) await addFile(table, file, warn);
  if (table.totals.dumps === 0) {
    for (const problem of problems.first) output.warn(problem);
    throw new InputError(`${source === "-" ? "standard input names" : `${source} holds`} no dumps`);
  }
  if (isUnreadable) output.warn(`Not all files of ${inputName(source)} could be read: the report names them.`, true);
  return fleetReport(table, problems, view);
}

async function addFile(table: FleetTable, file: DumpFile, warn: Output["warn"]): Promise<void> {
  for (const { prepared, findings } of await ifReadable(() => analyseFile(file.path, warn), warn)) {
    const { dump, groups } = prepared;
    table.add({ host: file.host, time: takenAt(dump, file), standings: standings(dump, groups, findings) });
  }
}

async function namesOfInput(): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const line of createInterface({ input: standardInput() })) if (line !== "") names.push(line);
  return names;
}

import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compareDumps } from "../core/compare/compareDumps.ts";
import type { Comparison } from "../core/compare/comparison.ts";
import { findInSeries } from "../core/compare/seriesRules.ts";
import { inTimeOrder, timeOf } from "../core/compare/snapshotOrder.ts";
import { DEFAULT_CONTEXT } from "../core/analysis/context.ts";
import { type GroupTable, groupGoroutines } from "../core/group/groups.ts";
import type { Frame } from "../core/model/stack.ts";
import { type AnalysedDump, analyseDumps } from "../service/analysis/analyseDump.ts";
import { type AnalyzedDump, reportDump } from "../service/report/buildReport.ts";
import { reportComparison } from "../service/report/comparisonReport.ts";
import type { LazyReport } from "../service/report/lazyReport.ts";
import type { SourceLocator } from "../service/locator/sourceLocator.ts";
import type { Output } from "./commands/command.ts";
import { type FailLevel, isAtLeast } from "./failLevel.ts";
import { CliIgnore } from "./cliIgnore.ts";
import { atOnce, readDumps } from "./readDumps.ts";
import { UsageError } from "./usageError.ts";
import { openInput } from "./readInput.ts";
import { type Format, isForPrograms, renderReport } from "./renderReport.ts";
import { createCliLocator, readFacts, resolveFrames } from "./resolveFrames.ts";
import { append } from "../core/lists.ts";
import type { Filter } from "../core/group/filterQuery.ts";

interface AnalyzeOptions {
  readonly files: readonly string[];
  readonly format: Format;
  /** An earlier dump to compare the files with. */
  readonly base: string | null;
  /** Whether the files are dumps of one process at different times. */
  readonly isSeries: boolean;
  /** Folders in which sources are looked for. */
  readonly sources: readonly string[];
  /** Whether standard input is passed through as it comes, and the report has nothing to add where it holds no dump. */
  readonly isTee: boolean;
  /** Goroutines that the report leaves out are those which it does not let through. */
  readonly filter: Filter;
  readonly allIds: boolean;
  /** Whether findings that an ignore file expects are left out. */
  readonly isIgnoring: boolean;
  readonly failOn: FailLevel;
}

/** A dump on its way to the report. */
interface Entry extends AnalyzedDump {
  readonly groupsByStack: GroupTable;
  /** Milliseconds since the epoch; null where neither the dump nor its name tells. */
  readonly time: number | null;
  readonly resolve: (frame: Frame) => string | null;
}

/** Reads, analyses and prints; gives the exit status. A file without a dump is told of, and is no error. */
export async function analyze(options: AnalyzeOptions, output: Output): Promise<number> {
  const warn = (sentence: string): void => output.warn(sentence);
  if (options.isTee) surviveQuit();
  for (const folder of options.sources) await expectFolder(folder);
  const locator = options.sources.length === 0 ? null : createCliLocator(options.sources);
  const files = options.base === null ? options.files : [options.base, ...options.files];
  const ignoring = options.isIgnoring ? await CliIgnore.read(options.sources, warn) : CliIgnore.nothing;
  const entries: Entry[] = [];
  for (const file of files) append(entries, await readEntries(file, locator, ignoring, output, options.isTee));
  const isSilent = options.isTee && entries.length === 0;
  if (isSilent && !isForPrograms(options.format)) return 0;
  if (!isSilent) ignoring.report(warn);
  const report = makeReport(entries, options);
  for (const piece of renderReport(report, options.format)) await output.print(piece);
  return exitStatus(report, options.failOn);
}

/** Ctrl-\ in a terminal asks the program on the other side of the pipe for its goroutines: they are still to be read. */
function surviveQuit(): void {
  process.on("SIGQUIT", () => {});
}

/** A folder that is not there would weaken what is found, without a word. */
async function expectFolder(folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`--source ${folder}: there is no such folder`);
}

async function readEntries(
  file: string,
  locator: SourceLocator | null,
  ignoring: CliIgnore,
  output: Output,
  isTee: boolean,
): Promise<readonly Entry[]> {
  const isPassedOn = isTee && file === "-";
  const input = openInput(file, isPassedOn ? (chunk) => output.echo(chunk) : undefined);
  const said: string[] = [];
  const dumps = await readDumps(file, input, (sentence) => said.push(sentence));
  // Of the output of tests that pass there is nothing to say.
  if (!isPassedOn || dumps.length > 0) for (const sentence of said) output.warn(sentence);
  const dumpUri = pathToFileURL(resolve(file)).href;
  const analysed = await analyseDumps(
    dumps.map((dump) => ({ dump })),
    { run: atOnce, readSpans: (spans) => input.readSpans(spans) },
    async ({ dump, groups }) => ({
      ...DEFAULT_CONTEXT,
      source: locator && (await readFacts(dump, groups.groups, locator, dumpUri)),
    }),
    ignoring.entries,
  );
  ignoring.note(analysed ?? []);
  return Promise.all((analysed ?? []).map((each) => toEntry(file, each, locator, dumpUri)));
}

async function toEntry(
  file: string,
  { prepared: { dump, groups }, findings }: AnalysedDump,
  locator: SourceLocator | null,
  dumpUri: string,
): Promise<Entry> {
  const resolved = locator === null ? null : await resolveFrames(dump, locator, dumpUri);
  return {
    file,
    dump,
    groups: dump.labelSets.length > 1 ? groupGoroutines(dump, { byLabels: true }) : groups,
    groupsByStack: groups,
    findings,
    time: timeOf({ time: dump.time, file }),
    resolve: (frame: Frame) => resolved?.get(frame.id) ?? null,
  };
}

function makeReport(entries: readonly Entry[], { base, isSeries, allIds, filter }: AnalyzeOptions): LazyReport {
  const optionsOf = (entry: Entry) => ({ allIds, filter, resolve: entry.resolve });
  if (base === null && !isSeries) {
    return { version: 1, dumps: entries.map((entry) => reportDump(entry, optionsOf(entry))), comparison: null };
  }
  const ordered = isSeries ? inTimeOrder(entries) : entries;
  const comparison = compare(ordered);
  const last = ordered.length - 1;
  const dumps = ordered.map((entry, index) => {
    const findings = index === last ? [...entry.findings, ...findInSeries(comparison)] : entry.findings;
    return reportDump({ ...entry, findings }, optionsOf(entry));
  });
  return { version: 1, dumps, comparison: reportComparison(comparison, ordered.map(optionsOf)) };
}

function compare(entries: readonly Entry[]): Comparison {
  return compareDumps(entries.map(({ dump, time, groupsByStack }) => ({ dump, time, groups: groupsByStack })));
}

function exitStatus({ dumps }: LazyReport, failOn: FailLevel): number {
  const isFailing = dumps.some(({ findings }) => findings.some(({ certainty }) => isAtLeast(certainty, failOn)));
  return isFailing ? 1 : 0;
}

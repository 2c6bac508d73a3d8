import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_CONTEXT } from "../core/analysis/context.ts";
import { analyseDumps } from "../service/analysis/analyseDump.ts";
import { makeReport, type ReportEntry, reportEntry } from "../service/report/makeReport.ts";
import type { LazyReport } from "../service/report/lazyReport.ts";
import { decodeUtf8 } from "../core/text/utf8.ts";
import type { Dump } from "../core/model/dump.ts";
import type { Output } from "./commands/command.ts";
import { expectFolder } from "./expectFolder.ts";
import { type FailLevel, isAtLeast } from "./failLevel.ts";
import { CliIgnore } from "./cliIgnore.ts";
import { atOnce, readDumps } from "./readDumps.ts";
import { readEach } from "./readEach.ts";
import { openInput } from "./readInput.ts";
import { type Format, isForPrograms, renderReport } from "./renderReport.ts";
import type { CliSources, SourceOfDump } from "./cliSources.ts";
import type { Filter } from "../core/group/filterQuery.ts";

/** Bytes of a dump's beginning in which a version may be named. */
const HEAD_BYTES = 64 * 1024;

interface AnalyzeOptions {
  readonly files: readonly string[];
  readonly format: Format;
  /** An earlier dump to compare the files with. */
  readonly base: string | null;
  /** Whether the files are dumps of one process at different times. */
  readonly isSeries: boolean;
  /** Folders in which sources are looked for. */
  readonly sources: readonly string[];
  /** The revision that the program was built from; undefined: it is found out. */
  readonly revision: string | undefined;
  /** Whether standard input is passed through as it comes, and the report has nothing to add where it holds no dump. */
  readonly isTee: boolean;
  /** Goroutines that the report leaves out are those which it does not let through. */
  readonly filter: Filter;
  readonly allIds: boolean;
  /** Whether findings that an ignore file expects are left out. */
  readonly isIgnoring: boolean;
  readonly failOn: FailLevel;
}

/**
 * Reads, analyses and prints; gives the exit status. A file without a dump is told of, and is no error. One that cannot be
 * read does not hide the others; without the base there is nothing to compare them with.
 */
export async function analyze(options: AnalyzeOptions, output: Output): Promise<number> {
  const warn: Output["warn"] = (...said) => output.warn(...said);
  if (options.isTee) surviveQuit();
  for (const folder of options.sources) expectFolder("--source", folder);
  const sources = options.sources.length === 0 ? null : await openSources(options);
  const ignoring = options.isIgnoring ? await CliIgnore.read(options.sources, warn) : CliIgnore.nothing;
  const read = (file: string) => readEntries(file, sources, ignoring, output, options.isTee);
  const base = options.base === null ? [] : await read(options.base);
  const entries = [...base, ...(await readEach(options.files, read, warn))];
  const isSilent = options.isTee && entries.length === 0;
  if (isSilent && !isForPrograms(options.format)) return 0;
  if (!isSilent) ignoring.report(warn);
  const compare = options.isSeries ? "in-time-order" : options.base === null ? "no" : "as-given";
  const report = makeReport(entries, { compare, filter: options.filter, allIds: options.allIds });
  for (const piece of await renderReport(report, options.format)) await output.print(piece);
  return exitStatus(report, options.failOn);
}

/** Ctrl-\ in a terminal asks the program on the other side of the pipe for its goroutines: they are still to be read. */
function surviveQuit(): void {
  process.on("SIGQUIT", () => {});
}

/** Reading Go takes as much code as all the rest: it is loaded when it is asked for. */
async function openSources({ sources, revision }: AnalyzeOptions): Promise<CliSources> {
  const { CliSources } = await import("./cliSources.ts");
  return CliSources.over(sources, revision);
}

async function readEntries(
  file: string,
  sources: CliSources | null,
  ignoring: CliIgnore,
  output: Output,
  isTee: boolean,
): Promise<readonly ReportEntry[]> {
  const isPassedOn = isTee && file === "-";
  const input = openInput(file, isPassedOn ? (chunk) => output.echo(chunk) : undefined);
  const said: (readonly [sentence: string, isUnreadable: boolean])[] = [];
  const dumps = await readDumps(file, input, (sentence, isUnreadable = false) => said.push([sentence, isUnreadable]));
  // Of the output of tests that pass there is nothing to say.
  const isSaid = !isPassedOn || dumps.length > 0;
  if (isSaid) for (const [sentence, isUnreadable] of said) output.warn(sentence, isUnreadable);
  const dumpUri = pathToFileURL(resolve(file)).href;
  const built = new Map<Dump, SourceOfDump>();
  const readHead = async (): Promise<string> => {
    const [head] = await input.readSpans([{ start: 0, end: HEAD_BYTES }]);
    return head ? decodeUtf8(head) : "";
  };
  for (const dump of dumps) if (sources) built.set(dump, await sources.of(dump, dumpUri, readHead));
  const unused = new Set([...built.values()].flatMap((source) => source.unused ?? []));
  for (const sentence of unused) output.warn(`${file}: --rev ${sentence}`);
  const analysed = await analyseDumps(
    dumps.map((dump) => ({ dump })),
    { run: atOnce, readSpans: (spans) => input.readSpans(spans) },
    async ({ dump, groups }) => ({
      ...DEFAULT_CONTEXT,
      source: (await built.get(dump)?.facts(groups.groups)) ?? null,
    }),
    ignoring.entries,
  );
  ignoring.note(analysed ?? []);
  return (analysed ?? []).map((each) => {
    const own = built.get(each.prepared.dump);
    const entry = reportEntry(file, each, own?.places());
    return own ? { ...entry, revisions: own.revisions(), missingSources: own.missing() } : entry;
  });
}

function exitStatus({ dumps }: LazyReport, failOn: FailLevel): number {
  if (failOn === "none") return 0;
  for (const { findings } of dumps) for (const { certainty } of findings) if (isAtLeast(certainty, failOn)) return 1;
  return 0;
}

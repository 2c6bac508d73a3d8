import { DEFAULT_CONTEXT } from "../core/analysis/context.ts";
import { type Filter, NO_FILTER, parseFilter } from "../core/group/filterQuery.ts";
import { append } from "../core/lists.ts";
import { runToEnd } from "../core/steps.ts";
import { english } from "../core/text/say.ts";
import type { Report } from "../output/report.ts";
import { analyseDumps } from "../service/analysis/analyseDump.ts";
import type { LazyReport } from "../service/report/lazyReport.ts";
import { makeReport, type ReportEntry, reportEntry } from "../service/report/makeReport.ts";
import type { Content } from "./content.ts";
import { readContent, readSpans } from "./readContent.ts";

/** A file that may hold dumps. Nothing is read from a disk: its name is only printed, and may tell a time. */
export interface DumpFile {
  readonly name: string;
  readonly content: Content;
}

/** How files are analysed; all of it may be left out. */
export interface AnalyzeOptions {
  /** Whether the files are dumps of one process at different times, which are compared in the order of time. */
  readonly series?: boolean;
  /** Which goroutines are reported, in the language of `--filter`: `state:"chan send" wait:>10m`. */
  readonly filter?: string;
  /** Whether every goroutine id is listed, not only the first ten. */
  readonly allIds?: boolean;
  /** Told a sentence about a file: that it holds no goroutines, or that a part of it could not be read. */
  readonly warn?: (sentence: string) => void;
}

/**
 * Says what dumps hold and what looks leaked, stuck or deadlocked: what `goroutine-dump analyze --format json` prints,
 * without the source of the program. Rejects with a `SyntaxError` when the filter cannot be read.
 */
export async function analyze(files: readonly DumpFile[], options: AnalyzeOptions = {}): Promise<Report> {
  const filter = filterOf(options.filter ?? "");
  const entries: ReportEntry[] = [];
  for (const file of files) append(entries, await readEntries(file, options.warn ?? (() => {})));
  const compare = options.series === true ? "in-time-order" : "no";
  return printed(makeReport(entries, { compare, filter, allIds: options.allIds ?? false }));
}

function filterOf(text: string): Filter {
  if (text === "") return NO_FILTER;
  const query = parseFilter(text);
  if (query.kind === "malformed") throw new SyntaxError(english(query.message));
  return query.filter;
}

async function readEntries(
  { name, content }: DumpFile,
  warn: (sentence: string) => void,
): Promise<readonly ReportEntry[]> {
  const { dumps, notes } = readContent(content);
  if (dumps.length === 0) warn(`${name} holds no goroutines.`);
  for (const { message } of notes) warn(`${name}: ${english(message)}`);
  const analysed = await analyseDumps(
    dumps.map((dump) => ({ dump })),
    {
      run: (steps) => Promise.resolve(runToEnd(steps)),
      readSpans: (spans) => Promise.resolve(readSpans(content, spans)),
    },
    () => Promise.resolve(DEFAULT_CONTEXT),
    [],
  );
  return (analysed ?? []).map((each) => reportEntry(name, each));
}

function printed({ version, dumps, comparison }: LazyReport): Report {
  return {
    version,
    dumps: dumps.map((dump) => ({ ...dump, groups: [...dump.groups], findings: [...dump.findings] })),
    comparison: comparison && { ...comparison, groups: [...comparison.groups] },
  };
}

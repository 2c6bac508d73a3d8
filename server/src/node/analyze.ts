import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_CONTEXT } from "../core/findings/context.ts";
import type { Certainty } from "../core/findings/finding.ts";
import { runRules } from "../core/findings/runRules.ts";
import { groupGoroutines } from "../core/group/groups.ts";
import type { Reading } from "../core/read/dumpReader.ts";
import { type AnalyzedDump, reportDump } from "../service/report/buildReport.ts";
import type { DumpReport, Report } from "../service/report/report.ts";
import { sarifReport } from "../service/report/sarifReport.ts";
import type { SourceLocator } from "../service/source/sourceLocator.ts";
import { textReport } from "../service/report/textReport.ts";
import { readInput } from "./readInput.ts";
import { createCliLocator, resolveFrames } from "./resolveFrames.ts";
import { UsageError } from "./usageError.ts";

export const FORMATS = ["text", "json", "sarif"] as const;
export const FAIL_LEVELS = ["none", "suspect", "strong", "proven"] as const;

/** Groups the text output lists: a screenful of the largest. */
const TEXT_GROUPS = 20;
const SURENESS: Readonly<Record<Certainty, number>> = { suspect: 1, strong: 2, proven: 3 };

export interface AnalyzeOptions {
  readonly files: readonly string[];
  readonly format: (typeof FORMATS)[number];
  /** Folders in which sources are looked for. */
  readonly sources: readonly string[];
  readonly allIds: boolean;
  readonly failOn: (typeof FAIL_LEVELS)[number];
  readonly version: string;
  readonly homepage: string;
}

/** Reads, analyses and prints; gives the exit status. */
export async function analyze(options: AnalyzeOptions, print: (text: string) => void): Promise<number> {
  const locator = options.sources.length === 0 ? null : createCliLocator(options.sources);
  const dumps: DumpReport[] = [];
  for (const file of options.files) {
    for (const analyzed of await analyzeFile(file)) dumps.push(await reportOne(analyzed, locator, options.allIds));
  }
  print(render({ version: 1, dumps, comparison: null }, options));
  const surest = Math.max(0, ...dumps.flatMap(({ findings }) => findings.map(({ certainty }) => SURENESS[certainty])));
  const failing = options.failOn === "none" ? Number.POSITIVE_INFINITY : SURENESS[options.failOn];
  return surest >= failing ? 1 : 0;
}

async function analyzeFile(file: string): Promise<readonly AnalyzedDump[]> {
  const { dumps } = await read(file);
  return dumps.map((dump) => {
    const groups = groupGoroutines(dump, { byLabels: true });
    return { file, dump, groups, findings: runRules(dump, groups, DEFAULT_CONTEXT) };
  });
}

async function read(file: string): Promise<Reading> {
  try {
    return await readInput(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EACCES: "permission denied",
    EISDIR: "it is a folder",
  };
  return reasons[code ?? ""] ?? message;
}

async function reportOne(analyzed: AnalyzedDump, locator: SourceLocator | null, allIds: boolean): Promise<DumpReport> {
  const dumpUri = pathToFileURL(resolve(analyzed.file)).href;
  const resolved = locator === null ? null : await resolveFrames(analyzed.dump, locator, dumpUri);
  return reportDump(analyzed, { allIds, resolve: (frame) => resolved?.get(frame.id) ?? null });
}

function render(report: Report, options: AnalyzeOptions): string {
  if (options.format === "json") return `${JSON.stringify(report, null, 2)}\n`;
  if (options.format === "text") return textReport(report, { groups: TEXT_GROUPS });
  const { version, homepage } = options;
  const helpUri = (rule: string): string => `${homepage}/blob/main/docs/rules/${rule}.md`;
  const tool = { name: "Goroutine Dump Navigator", version, informationUri: homepage, helpUri };
  return `${JSON.stringify(sarifReport(report, tool), null, 2)}\n`;
}

import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_CONTEXT } from "../core/analysis/context.ts";
import { inTimeOrder, timeOf } from "../core/compare/snapshotOrder.ts";
import { at } from "../core/model/column.ts";
import { runToEnd } from "../core/steps.ts";
import type { CompareResult, DumpReportPage } from "../protocol/index.ts";
import { type AnalysedDump, analyseDumps } from "../service/analysis/analyseDump.ts";
import { compareSeries, pageOf } from "../service/compare/compareSeries.ts";
import { reportSteps } from "../service/report/page/buildPage.ts";
import { reportData } from "../service/report/page/reportData.ts";
import { markdownReport } from "../service/report/page/markdownReport.ts";
import type { Output } from "./commands/command.ts";
import { htmlPage } from "./htmlPage.ts";
import { atOnce, readDumps } from "./readDumps.ts";
import { readEach } from "./readEach.ts";
import { openInput } from "./readInput.ts";
import { writeNew } from "./writeNew.ts";
import { InputError, UsageError } from "./usageError.ts";

interface ReportOptions {
  readonly files: readonly string[];
  /** The page to write, `-` to standard output; null: Markdown goes there. */
  readonly html: string | null;
  readonly filter: string;
  /** Whether the files are dumps of one process at different times. */
  readonly isSeries: boolean;
}

/** A dump with its place among those of its file. */
interface FiledDump {
  readonly file: string;
  readonly index: number;
  readonly dumps: number;
  readonly analysed: AnalysedDump;
  /** Milliseconds since the epoch; null where nothing tells. */
  readonly time: number | null;
}

/** Writes the report of all dumps of the files as one page that needs nothing else, or prints it as Markdown. */
export async function writeReport(options: ReportOptions, output: Output): Promise<number> {
  const warn: Output["warn"] = (...said) => output.warn(...said);
  const found = await readEach(options.files, (file) => readFiled(file, warn), warn);
  if (found.length === 0) throw new InputError("there is no dump to report on");
  const dumps = options.isSeries ? inTimeOrder(found) : found;
  const pages = dumps.map((dump) => pageOfDump(dump, options.filter));
  if (options.html === null) await output.print(pages.map(markdownReport).join("\n"));
  else {
    const growth = options.isSeries ? withoutPlaces(growthOf(dumps)) : null;
    const page = await htmlPage(reportData(pages, growth));
    if (options.html === "-") await output.print(page);
    else await writeNew(options.html, page);
  }
  return 0;
}

async function readFiled(file: string, warn: Output["warn"]): Promise<readonly FiledDump[]> {
  const input = openInput(file);
  const dumps = await readDumps(file, input, warn);
  const analysed = await analyseDumps(
    dumps.map((dump) => ({ dump })),
    { run: atOnce, readSpans: (spans) => input.readSpans(spans) },
    () => Promise.resolve(DEFAULT_CONTEXT),
    [],
  );
  return (analysed ?? []).map((each, index) => {
    const time = timeOf({ time: each.prepared.dump.time, file });
    return { file, index, dumps: dumps.length, analysed: each, time };
  });
}

function pageOfDump({ file, index, dumps, analysed }: FiledDump, filter: string): DumpReportPage {
  const { prepared, findings } = analysed;
  const { line } = prepared.dump.goroutines;
  const source = {
    name: basename(file),
    index,
    dumps,
    prepared,
    findings,
    shown: prepared.dump,
    rowOf: (row: number) => row,
    lineOf: (row: number) => at(line, row),
  };
  const page = runToEnd(reportSteps(source, filter));
  if (page.filterError !== null) throw new UsageError(page.filterError);
  return page;
}

function growthOf(dumps: readonly FiledDump[]): CompareResult {
  const snapshots = dumps.map(({ file, index, analysed: { prepared }, time }) => {
    const uri = pathToFileURL(resolve(file)).href;
    return { uri, index, dump: prepared.dump, groups: prepared.groups, time, written: null };
  });
  return pageOf(runToEnd(compareSeries(snapshots, [], () => false)), 0);
}

/** A page that is handed on says nothing of where its dumps are on this machine. */
function withoutPlaces({ dumps, stacks, findings, ...rest }: CompareResult): CompareResult {
  return {
    ...rest,
    dumps: dumps.map((dump) => ({ ...dump, uri: "" })),
    stacks: stacks.map((stack) => ({ ...stack, place: null })),
    findings: findings.map((finding) => ({ ...finding, place: null })),
  };
}

import type { Comparison } from "../../core/compare/comparison.ts";
import { compareDumps } from "../../core/compare/compareDumps.ts";
import { eachInSeries } from "../../core/compare/seriesRules.ts";
import { inTimeOrder, timeOf } from "../../core/compare/snapshotOrder.ts";
import { remade } from "../../core/lists.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { Filter } from "../../core/group/filterQuery.ts";
import { type GroupTable, groupGoroutines } from "../../core/group/groups.ts";
import type { Frame } from "../../core/model/stack.ts";
import type { AnalysedDump } from "../analysis/analyseDump.ts";
import { type AnalyzedDump, reportDump, type ResolvedPlace } from "./buildReport.ts";
import { reportComparison } from "./comparisonReport.ts";
import type { LazyReport } from "./lazyReport.ts";

/** A dump on its way to the report. */
export interface ReportEntry extends AnalyzedDump {
  readonly groupsByStack: GroupTable;
  /** Milliseconds since the epoch; null where neither the dump nor its name tells. */
  readonly time: number | null;
  /** The file a frame was resolved to, and what is known of it; null when none was found. */
  readonly resolve: (frame: Frame) => ResolvedPlace | null;
}

/** What is asked of a report. */
export interface ReportRequest {
  /** Whether the dumps are of one process at different times: in the order given, or put in the order of time. */
  readonly compare: "no" | "as-given" | "in-time-order";
  /** Goroutines that the report leaves out are those which it does not let through. */
  readonly filter: Filter;
  readonly allIds: boolean;
}

/** What a report needs of an analysed dump. */
export function reportEntry(
  file: string,
  { prepared: { dump, groups }, findings }: AnalysedDump,
  resolve: ReportEntry["resolve"] = () => null,
): ReportEntry {
  return {
    file,
    dump,
    groups: dump.labelSets.length > 1 ? groupGoroutines(dump, { byLabels: true }) : groups,
    groupsByStack: groups,
    findings,
    time: timeOf({ time: dump.time, file }),
    resolve,
  };
}

/** The report on some dumps; what grows or is stuck over a series is said of its last dump. */
export function makeReport(entries: readonly ReportEntry[], { compare, allIds, filter }: ReportRequest): LazyReport {
  const optionsOf = (entry: ReportEntry) => ({ allIds, filter, resolve: entry.resolve });
  if (compare === "no") {
    return { version: 1, dumps: entries.map((entry) => reportDump(entry, optionsOf(entry))), comparison: null };
  }
  const ordered = compare === "in-time-order" ? inTimeOrder(entries) : entries;
  const comparison = compareDumps(
    ordered.map(({ dump, time, groupsByStack }) => ({ dump, time, groups: groupsByStack })),
  );
  const last = ordered.length - 1;
  const dumps = ordered.map((entry, index) => {
    const findings = index === last ? withSeries(entry, comparison) : entry.findings;
    return reportDump({ ...entry, findings }, optionsOf(entry));
  });
  return { version: 1, dumps, comparison: reportComparison(comparison, ordered.map(optionsOf)) };
}

/** The findings of the last dump, and those of the series behind them. */
function withSeries({ findings }: ReportEntry, comparison: Comparison): Iterable<Finding> {
  return remade(function* () {
    yield* findings;
    yield* eachInSeries(comparison);
  });
}

import type { ComparedGroup, Comparison } from "../../core/compare/comparison.ts";
import { joinRows, rowsOf } from "../../core/group/groups.ts";
import { GroupReporter, type ReportOptions } from "./buildReport.ts";
import type { ComparedGroupReport } from "../../output/report.ts";
import type { LazyComparisonReport } from "./lazyReport.ts";

/** The report on a series: each stack as it stands in the last dump that has it. */
export function reportComparison(comparison: Comparison, options: readonly ReportOptions[]): LazyComparisonReport {
  const { groups } = comparison;
  return {
    groups: {
      length: groups.length,
      *[Symbol.iterator]() {
        const reporters = comparison.snapshots.map(({ dump }, index) => new GroupReporter(dump, options[index]!));
        for (const group of groups) yield* reportRow(comparison, group, reporters);
      },
    },
  };
}

function reportRow(
  { snapshots }: Comparison,
  group: ComparedGroup,
  reporters: readonly GroupReporter[],
): readonly ComparedGroupReport[] {
  const snapshot = snapshots[group.lastSeen];
  const inDump = group.groups[group.lastSeen] ?? [];
  const reporter = reporters[group.lastSeen];
  const [largest] = inDump.length === 1 ? inDump : [...inDump].sort((left, right) => right.count - left.count);
  if (snapshot === undefined || largest === undefined || reporter === undefined) return [];
  const rows = joinRows(inDump.map((each) => rowsOf(snapshot.groups, each)));
  const { change, counts, perMinute } = group;
  const reported = reporter.report(largest, rows);
  return [{ change, counts, perMinute, ...reported, count: counts[group.lastSeen] ?? 0 }];
}

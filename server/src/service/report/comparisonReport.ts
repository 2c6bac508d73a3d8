import type { ComparedGroup, Comparison } from "../../core/compare/comparison.ts";
import { rowsOf } from "../../core/group/groups.ts";
import { reportGroup, type ReportOptions } from "./buildReport.ts";
import type { ComparedGroupReport, ComparisonReport } from "./report.ts";

/** The report on a series: each stack as it stands in the last dump that has it. */
export function reportComparison(comparison: Comparison, resolvers: readonly ReportOptions[]): ComparisonReport {
  return { groups: comparison.groups.flatMap((group) => reportRow(comparison, group, resolvers)) };
}

function reportRow(
  { snapshots }: Comparison,
  group: ComparedGroup,
  resolvers: readonly ReportOptions[],
): readonly ComparedGroupReport[] {
  const snapshot = snapshots[group.lastSeen];
  const inDump = group.groups[group.lastSeen] ?? [];
  const options = resolvers[group.lastSeen];
  const [largest] = [...inDump].sort((left, right) => right.count - left.count);
  if (snapshot === undefined || largest === undefined || options === undefined) return [];
  const rows = inDump.flatMap((each) => [...rowsOf(snapshot.groups, each)]);
  const { change, counts, perMinute } = group;
  const reported = reportGroup(snapshot.dump, largest, Uint32Array.from(rows), options);
  return [{ change, counts, perMinute, ...reported, count: counts[group.lastSeen] ?? 0 }];
}

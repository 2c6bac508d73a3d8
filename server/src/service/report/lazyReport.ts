import type {
  ComparedGroupReport,
  ComparisonReport,
  DumpReport,
  FindingReport,
  GroupReport,
  Report,
} from "../../output/report.ts";

/** A list whose elements are made while it is gone through: a dump may have as many groups as goroutines. */
export interface LazyList<T> extends Iterable<T> {
  readonly length: number;
}

/** A {@link Report} on its way to be printed. */
export interface LazyReport extends Omit<Report, "dumps" | "comparison"> {
  readonly dumps: readonly LazyDumpReport[];
  readonly comparison: LazyComparisonReport | null;
}

export interface LazyDumpReport extends Omit<DumpReport, "groups" | "findings"> {
  readonly groups: LazyList<GroupReport>;
  /** Made while they are gone through, too: of a series there may be as many as stacks. */
  readonly findings: Iterable<FindingReport>;
}

export interface LazyComparisonReport extends Omit<ComparisonReport, "groups"> {
  readonly groups: LazyList<ComparedGroupReport>;
}

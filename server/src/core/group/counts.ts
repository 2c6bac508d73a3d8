import { at } from "../model/column.ts";
import { type Dump, NO_WAIT } from "../model/dump.ts";
import { byRange, type Steps } from "../steps.ts";

/** Goroutines that have waited `from` to `to` whole minutes; both null: their headers print none. */
export interface WaitSpan {
  readonly from: number | null;
  /** Infinite for the last span. */
  readonly to: number | null;
  readonly count: number;
}

/** Goroutines by label: of each key its values, all most frequent first. */
export type LabelTable = readonly { readonly key: string; readonly values: readonly (readonly [string, number])[] }[];

/** What goroutines have waited for how long, and with which labels. */
export interface GoroutineCounts {
  readonly waits: readonly WaitSpan[];
  readonly labels: LabelTable;
}

/** Least minutes of each span. */
const SPANS = [0, 1, 2, 5, 10, 30, 60, 180, 720, 1440];

/** Counts the goroutines of those rows; spans without any are left out. */
export function* countSteps(dump: Dump, rows: Uint32Array): Steps<GoroutineCounts> {
  const { wait, labels, weight } = dump.goroutines;
  const bySpan = new Float64Array(SPANS.length + 1);
  const bySet = new Float64Array(dump.labelSets.length);
  yield* byRange(rows.length, (start, end) => {
    for (let index = start; index < end; index++) {
      const row = rows[index]!;
      const count = weight === null ? 1 : at(weight, row);
      bySpan[spanOf(at(wait, row))]! += count;
      bySet[at(labels, row)]! += count;
    }
  });
  return { waits: waitSpans(bySpan), labels: labelTable(dump, bySet) };
}

/** 0 for goroutines without minutes, else the number of the span behind that. */
function spanOf(minutes: number): number {
  if (minutes === NO_WAIT) return 0;
  let span = 1;
  while (span < SPANS.length && minutes >= SPANS[span]!) span++;
  return span;
}

function waitSpans(bySpan: Float64Array): WaitSpan[] {
  const spans: WaitSpan[] = [];
  bySpan.forEach((count, span) => {
    if (count === 0) return;
    const from = span === 0 ? null : SPANS[span - 1]!;
    const to = span === 0 ? null : (SPANS[span] ?? Infinity) - 1;
    spans.push({ from, to, count });
  });
  return spans;
}

function labelTable({ labelSets }: Dump, bySet: Float64Array): LabelTable {
  const byKey = new Map<string, Map<string, number>>();
  labelSets.forEach((set, number) => {
    const count = bySet[number]!;
    if (count === 0) return;
    for (const [key, value] of set) {
      const values = byKey.get(key) ?? new Map<string, number>();
      byKey.set(key, values.set(value, (values.get(value) ?? 0) + count));
    }
  });
  return [...byKey]
    .map(([key, values]) => ({ key, values: [...values].sort(([, left], [, right]) => right - left) }))
    .sort((left, right) => total(right.values) - total(left.values));
}

function total(values: readonly (readonly [string, number])[]): number {
  return values.reduce((sum, [, count]) => sum + count, 0);
}

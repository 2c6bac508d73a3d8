import type { ArgumentSource, Call } from "../analysis/arguments.ts";
import type { Finding } from "../findings/finding.ts";
import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";

/** Goroutines that are printed because findings name them. */
const NAMED_LIMIT = 1000;

/** What is known of a dump beyond itself when it is condensed. */
export interface Told {
  /** Rows that findings name: they are printed. */
  readonly named: ReadonlySet<number>;
  /** The calls of a row with their arguments; undefined where they were not read. */
  calls(row: number): readonly Call[] | undefined;
}

export const NOTHING_TOLD: Told = { named: new Set(), calls: () => undefined };

/** What findings and the arguments read for them tell. */
export function toldBy(dump: Dump, findings: readonly Finding[], source: ArgumentSource | null): Told {
  const rows = findings.flatMap(({ root, cycle, related, dumpLine }) => [
    ...(root === null ? [] : [root]),
    ...(cycle ?? []),
    ...related.flatMap(({ goroutine }) => (goroutine === null ? [] : [goroutine])),
    rowAt(dump, dumpLine),
  ]);
  const named = new Set(rows.filter((row) => row >= 0).slice(0, NAMED_LIMIT));
  return { named, calls: (row) => source?.calls(row) };
}

/** The row whose header stands at a line of the text; -1: none. */
export function rowAt({ goroutines: { line, length } }: Dump, wanted: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(line, middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < length && at(line, low) === wanted ? low : -1;
}

import { at } from "../model/column.ts";
import type { Message } from "../text/say.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Finding, RelatedPlace } from "./finding.ts";
import { titleOf } from "./title.ts";

/** What a rule says of some goroutines; the rest of the finding follows from the rows. */
export type RowsStatement = Pick<Finding, "rule" | "certainty" | "message" | "evidence"> &
  Partial<Pick<Finding, "evidenceClass" | "related" | "root" | "cycle">> & {
    /** What is wrong, in at most some 38 characters: with the place it is the title. By the number of goroutines. */
    readonly what: Message | ((count: number) => Message);
    /** All goroutines concerned, in any order. */
    readonly rows: ArrayLike<number>;
    /** The row it is shown at, and whose place is blamed. */
    readonly at: number;
  };

/** A finding about some goroutines, shown at one of them. */
export function rowsFinding(analysis: Analysis, { rows, at: shown, what, ...statement }: RowsStatement): Finding {
  const { line, weight } = analysis.dump.goroutines;
  const sorted = inTextOrder(rows);
  const blamed = analysis.place(analysis.groupOf(shown));
  let count = 0;
  for (const row of sorted) count += weight === null ? 1 : at(weight, row);
  return {
    evidenceClass: statement.rule,
    count,
    rows: sorted,
    dumpLine: at(line, shown),
    title: titleOf(typeof what === "function" ? what(count) : what, blamed),
    frame: blamed?.id ?? null,
    root: null,
    cycle: null,
    related: [],
    ...statement,
  };
}

/** The rows, each once. Sorted: a set of a million rows would cost more than all that is known of them. */
function inTextOrder(rows: ArrayLike<number>): Uint32Array {
  const given = rows instanceof Uint32Array ? rows : new Uint32Array(rows);
  if (given.every((row, index) => index === 0 || row > given[index - 1]!)) return given;
  const sorted = given.slice().sort();
  return sorted.filter((row, index) => index === 0 || row !== sorted[index - 1]);
}

/** A goroutine as a related place: its header, and where it stands in the source. */
export function relatedRow(analysis: Analysis, row: number, message: Message): RelatedPlace {
  const frame = analysis.place(analysis.groupOf(row))?.id ?? null;
  return { message, dumpLine: at(analysis.dump.goroutines.line, row), goroutine: row, frame };
}

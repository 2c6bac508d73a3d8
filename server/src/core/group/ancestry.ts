import { at } from "../model/column.ts";
import { type Dump, NO_ID } from "../model/dump.ts";
import { indexIds } from "../model/idIndex.ts";

/** Rows of who started each goroutine, as far as ids allow; -1: unknown, or not in the dump any more. */
export function creatorRows(dump: Dump): Int32Array {
  const { creator, id, length } = dump.goroutines;
  const ids = indexIds(id);
  return Int32Array.from({ length }, (_, row) => {
    const of = at(creator, row);
    const started = of === NO_ID ? -1 : ids.rowOf(of);
    return started === row ? -1 : started;
  });
}

/**
 * Which rows have an ancestor for which a condition holds: 1 at them. `holds` is asked once a row, whether the row's own
 * creator is one. Ids that repeat may make a circle: it ends where it began.
 */
export function rowsBelow(creators: Int32Array, holds: (row: number) => boolean): Uint8Array {
  const [unknown, no, yes, onPath] = [0, 1, 2, 3];
  const known = new Uint8Array(creators.length);
  const path: number[] = [];
  for (let start = 0; start < creators.length; start++) {
    let row = start;
    while (row >= 0 && known[row] === unknown) {
      known[row] = onPath;
      path.push(row);
      row = creators[row]!;
    }
    let isBelow = row >= 0 && known[row] === yes;
    for (let last = path.pop(); last !== undefined; last = path.pop()) {
      isBelow ||= holds(last);
      known[last] = isBelow ? yes : no;
    }
  }
  return known.map((value) => (value === yes ? 1 : 0));
}

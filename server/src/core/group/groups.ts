import { at } from "../model/column.ts";
import { type Dump, NO_WAIT } from "../model/dump.ts";

/** Goroutines that share stack and state. */
export interface Group {
  /** Number of the group: its index in `GroupTable.groups`. */
  readonly id: number;
  /** Number of the stack, for `stackOf`. */
  readonly stack: number;
  /** The state as printed. */
  readonly state: string;
  /** Number of the label set when all have the same; null when they differ. */
  readonly labels: number | null;
  /** Goroutines: the sum of the weights. */
  readonly count: number;
  /** Least and most minutes waited, of those that print any; null when none does. */
  readonly wait: { readonly min: number; readonly max: number } | null;
  /** How many print no minutes. */
  readonly unwaited: number;
  /** Where its rows are in `GroupTable.rows`. */
  readonly start: number;
  readonly end: number;
}

/** All groups of a dump, most goroutines first; equal ones in the order of the text. */
export interface GroupTable {
  readonly groups: readonly Group[];
  /** The rows of all groups, group by group, in the order of the text within each. */
  readonly rows: Uint32Array;
  /** Group of each row. */
  readonly groupOf: Uint32Array;
}

type Draft = {
  stack: number;
  state: number;
  labels: number | null;
  count: number;
  rows: number;
  min: number;
  max: number;
  unwaited: number;
};

/** Groups a dump's goroutines in two passes over its columns. `byLabels` keeps different label sets apart. */
export function groupGoroutines(dump: Dump, options: { readonly byLabels: boolean }): GroupTable {
  const { drafts, draftOf } = collect(dump, options.byLabels);
  const order = drafts.map((_, index) => index).sort((a, b) => drafts[b]!.count - drafts[a]!.count || a - b);
  const position = new Uint32Array(drafts.length);
  order.forEach((draft, index) => (position[draft] = index));
  const groups: Group[] = [];
  let start = 0;
  for (const index of order) {
    const draft = drafts[index]!;
    groups.push(toGroup(dump, draft, groups.length, start));
    start += draft.rows;
  }
  return { groups, ...placeRows(draftOf, position, groups) };
}

/** The rows of a group, in the order of the text: a view, not a copy. */
export function rowsOf(table: GroupTable, group: Group): Uint32Array {
  return table.rows.subarray(group.start, group.end);
}

/** The rows of several groups, one group behind the other. */
export function joinRows(parts: readonly Uint32Array[]): Uint32Array {
  const rows = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const part of parts) {
    rows.set(part, length);
    length += part.length;
  }
  return rows;
}

function collect(dump: Dump, byLabels: boolean): { drafts: Draft[]; draftOf: Uint32Array } {
  const { goroutines } = dump;
  const drafts: Draft[] = [];
  const known = new Map<number, number>();
  const draftOf = new Uint32Array(goroutines.length);
  const labelSets = byLabels ? dump.labelSets.length : 1;
  for (let row = 0; row < goroutines.length; row++) {
    const stack = at(goroutines.stack, row);
    const state = at(goroutines.state, row);
    const labels = at(goroutines.labels, row);
    const key = (stack * dump.states.length + state) * labelSets + (byLabels ? labels : 0);
    let index = known.get(key);
    if (index === undefined) {
      index = drafts.length;
      known.set(key, index);
      drafts.push({ stack, state, labels, count: 0, rows: 0, min: NO_WAIT, max: 0, unwaited: 0 });
    }
    draftOf[row] = index;
    addRow(
      drafts[index]!,
      labels,
      at(goroutines.wait, row),
      goroutines.weight === null ? 1 : at(goroutines.weight, row),
    );
  }
  return { drafts, draftOf };
}

function addRow(draft: Draft, labels: number, wait: number, weight: number): void {
  draft.rows++;
  draft.count += weight;
  if (draft.labels !== labels) draft.labels = null;
  if (wait === NO_WAIT) draft.unwaited += weight;
  else {
    draft.min = Math.min(draft.min, wait);
    draft.max = Math.max(draft.max, wait);
  }
}

function toGroup(dump: Dump, draft: Draft, id: number, start: number): Group {
  const { stack, labels, count, unwaited, min, max } = draft;
  const wait = min === NO_WAIT ? null : { min, max };
  const state = dump.states[draft.state] ?? "";
  return { id, stack, state, labels, count, wait, unwaited, start, end: start + draft.rows };
}

/** A counting sort: rows by group, stable. */
function placeRows(
  draftOf: Uint32Array,
  position: Uint32Array,
  groups: readonly Group[],
): { rows: Uint32Array; groupOf: Uint32Array } {
  const next = Uint32Array.from(groups, (group) => group.start);
  const rows = new Uint32Array(draftOf.length);
  const groupOf = draftOf;
  for (let row = 0; row < draftOf.length; row++) {
    const group = position[draftOf[row]!]!;
    groupOf[row] = group;
    rows[next[group]!++] = row;
  }
  return { rows, groupOf };
}

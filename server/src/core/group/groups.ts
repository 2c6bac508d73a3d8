import { at } from "../model/column.ts";
import { type Dump, NO_WAIT } from "../model/dump.ts";
import { byRange, runToEnd, type Steps } from "../steps.ts";

/** How goroutines are put together. */
export interface GroupOptions {
  /** Whether different label sets are kept apart. */
  readonly byLabels: boolean;
}

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

type OpenGroup = {
  stack: number;
  state: number;
  labels: number | null;
  count: number;
  rows: number;
  min: number;
  max: number;
  unwaited: number;
};

/** As {@link groupSteps}, in one go. */
export function groupGoroutines(dump: Dump, options: GroupOptions): GroupTable {
  return runToEnd(groupSteps(dump, options));
}

/** Groups a dump's goroutines in two passes over its columns. */
export function* groupSteps(dump: Dump, { byLabels }: GroupOptions): Steps<GroupTable> {
  const collector = new Collector(dump, byLabels);
  const { drafts, draftOf } = collector;
  yield* byRange(draftOf.length, (start, end) => collector.add(start, end));
  const order = drafts.map((_, index) => index).sort((a, b) => drafts[b]!.count - drafts[a]!.count || a - b);
  const position = new Uint32Array(drafts.length);
  order.forEach((draft, index) => (position[draft] = index));
  yield;
  const groups: Group[] = [];
  let start = 0;
  for (const index of order) {
    const draft = drafts[index]!;
    groups.push(toGroup(dump, draft, groups.length, start));
    start += draft.rows;
  }
  yield;
  return { groups, ...(yield* placeRows(draftOf, position, groups)) };
}

/** The rows of a group, in the order of the text: a view, not a copy. */
export function rowsOf(table: GroupTable, group: Group): Uint32Array {
  return table.rows.subarray(group.start, group.end);
}

/** The rows of several groups, one group behind the other; of one group they are no copy. */
export function joinRows(parts: readonly Uint32Array[]): Uint32Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const rows = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const part of parts) {
    rows.set(part, length);
    length += part.length;
  }
  return rows;
}

/** Collects rows with what they share. */
class Collector {
  readonly drafts: OpenGroup[] = [];
  /** Index of each row's draft. */
  readonly draftOf: Uint32Array;
  readonly #dump: Dump;
  readonly #labelSets: number;
  readonly #known = new Map<number, number>();

  constructor(dump: Dump, byLabels: boolean) {
    this.#dump = dump;
    this.#labelSets = byLabels ? dump.labelSets.length : 1;
    this.draftOf = new Uint32Array(dump.goroutines.length);
  }

  add(start: number, end: number): void {
    const { states, goroutines } = this.#dump;
    for (let row = start; row < end; row++) {
      const stack = at(goroutines.stack, row);
      const state = at(goroutines.state, row);
      const labels = at(goroutines.labels, row);
      const key = (stack * states.length + state) * this.#labelSets + (this.#labelSets > 1 ? labels : 0);
      let index = this.#known.get(key);
      if (index === undefined) {
        index = this.drafts.length;
        this.#known.set(key, index);
        this.drafts.push({ stack, state, labels, count: 0, rows: 0, min: NO_WAIT, max: 0, unwaited: 0 });
      }
      this.draftOf[row] = index;
      const weight = goroutines.weight === null ? 1 : at(goroutines.weight, row);
      addRow(this.drafts[index]!, labels, at(goroutines.wait, row), weight);
    }
  }
}

function addRow(draft: OpenGroup, labels: number, wait: number, weight: number): void {
  draft.rows++;
  draft.count += weight;
  if (draft.labels !== labels) draft.labels = null;
  if (wait === NO_WAIT) draft.unwaited += weight;
  else {
    draft.min = Math.min(draft.min, wait);
    draft.max = Math.max(draft.max, wait);
  }
}

function toGroup(dump: Dump, draft: OpenGroup, id: number, start: number): Group {
  const { stack, labels, count, unwaited, min, max } = draft;
  const wait = min === NO_WAIT ? null : { min, max };
  const state = dump.states[draft.state] ?? "";
  return { id, stack, state, labels, count, wait, unwaited, start, end: start + draft.rows };
}

/** A counting sort: rows by group, stable. */
function* placeRows(
  draftOf: Uint32Array,
  position: Uint32Array,
  groups: readonly Group[],
): Steps<{ rows: Uint32Array; groupOf: Uint32Array }> {
  const next = Uint32Array.from(groups, (group) => group.start);
  const rows = new Uint32Array(draftOf.length);
  const groupOf = draftOf;
  yield* byRange(draftOf.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const group = position[draftOf[row]!]!;
      groupOf[row] = group;
      rows[next[group]!++] = row;
    }
  });
  return { rows, groupOf };
}

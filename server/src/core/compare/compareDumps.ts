import { type Group, rowsOf } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { NO_ID, NO_WAIT } from "../model/dump.ts";
import { byRange, runToEnd, type Steps } from "../steps.ts";
import type { Change, ComparedGroup, Comparison, Snapshot } from "./comparison.ts";
import { type FrameNumbers, type KeyLevel, StackKeys } from "./stackKey.ts";

const MINUTE_MS = 60_000;
/** Printed waits are whole minutes counted from a garbage collection: two of them may miss the clock by this much. */
const WAIT_SLACK_MINUTES = 1;

/** The groups of one stack in each dump. */
type Row = { groups: (readonly Group[])[]; match: ComparedGroup["match"] };

/** Rows that are compared in one step. */
const STEP = 256;

/** As {@link compareSteps}, in one go. */
export function compareDumps(snapshots: readonly Snapshot[]): Comparison {
  return runToEnd(compareSteps(snapshots));
}

/** Compares the dumps of a series, given in time order. Linear in goroutines and distinct stacks; each dump is a step. */
export function* compareSteps(snapshots: readonly Snapshot[]): Steps<Comparison> {
  const rows = yield* matchStacks(snapshots);
  const groups: ComparedGroup[] = [];
  yield* byRange(
    rows.length,
    (start, end) => {
      for (let index = start; index < end; index++) groups.push(compareRow(snapshots, rows[index]!));
    },
    STEP,
  );
  groups.sort((left, right) => growth(right) - growth(left) || most(right) - most(left));
  return { snapshots, groups };
}

/** Matches equal stacks first. Stacks that some dump lacks are then matched by their functions alone. */
function* matchStacks(snapshots: readonly Snapshot[]): Steps<readonly Row[]> {
  const haveCreators = snapshots.every(({ dump }) => dump.form === "traceback");
  const rows = yield* collect(snapshots, haveCreators ? "place" : "frames");
  const isWhole = (row: Row): boolean => row.groups.every((groups) => groups.length > 0);
  const whole = rows.filter(isWhole);
  yield;
  const others = rows.filter((row) => !isWhole(row));
  return [...whole, ...mergeByFunctions(snapshots, others)];
}

/** For the dumps that have none of a stack. */
const NO_GROUPS: readonly Group[] = [];

function* collect(snapshots: readonly Snapshot[], level: KeyLevel): Steps<Row[]> {
  const rows = new Map<string, Row>();
  const numbers: FrameNumbers = new Map();
  for (const [index, { dump, groups }] of snapshots.entries()) {
    const keys = new StackKeys(dump, level, numbers);
    for (const group of groups.groups) {
      const key = keys.of(group.stack);
      let row = rows.get(key);
      if (row === undefined) rows.set(key, (row = { groups: snapshots.map(() => NO_GROUPS), match: "exact" }));
      const before = row.groups[index]!;
      row.groups[index] = before.length === 0 ? [group] : [...before, group];
    }
    yield;
  }
  return [...rows.values()];
}

/** Joins rows with the same functions when no dump has goroutines in two of them: then one is the other, moved. */
function mergeByFunctions(snapshots: readonly Snapshot[], rows: readonly Row[]): readonly Row[] {
  const sameFunctions = new Map<string, Row[]>();
  const numbers: FrameNumbers = new Map();
  const keys = snapshots.map(({ dump }) => new StackKeys(dump, "functions", numbers));
  for (const row of rows) {
    const seen = row.groups.findIndex((groups) => groups.length > 0);
    const key = keys[seen]!.of(row.groups[seen]![0]!.stack);
    const same = sameFunctions.get(key);
    if (same === undefined) sameFunctions.set(key, [row]);
    else same.push(row);
  }
  return [...sameFunctions.values()].flatMap((same) => {
    const isAmbiguous = snapshots.some((_, index) => same.filter(({ groups }) => groups[index]!.length > 0).length > 1);
    if (same.length === 1 || isAmbiguous) return same;
    const groups = snapshots.map((_, index) => same.flatMap((row) => row.groups[index]!));
    return [{ groups, match: "functions" as const }];
  });
}

function compareRow(snapshots: readonly Snapshot[], { groups, match }: Row): ComparedGroup {
  const counts = groups.map((inDump) => inDump.reduce((sum, group) => sum + group.count, 0));
  const minutes = minutesBetween(snapshots[0], snapshots.at(-1));
  const first = counts[0] ?? 0;
  const last = counts.at(-1) ?? 0;
  const risesAlways = counts.every((count, index) => index === 0 || count > counts[index - 1]!);
  const staying = countStaying(snapshots, groups);
  return {
    change: changeOf(counts, risesAlways, staying !== null && staying === last && isWaitingOn(snapshots, groups)),
    counts,
    risesAlways,
    perMinute: minutes === null ? null : (last - first) / minutes,
    staying,
    match,
    groups,
    lastSeen: counts.reduce((seen, count, index) => (count === 0 ? seen : index), 0),
  };
}

function changeOf(counts: readonly number[], risesAlways: boolean, isStuck: boolean): Change {
  const first = counts[0] ?? 0;
  const last = counts.at(-1) ?? 0;
  if (last === 0) return "gone";
  if (first === 0) return risesAlways && counts.length > 2 ? "grown" : "new";
  if (last !== first) return last > first ? "grown" : "shrunk";
  return isStuck ? "stuck" : "same";
}

/** How many ids stand in the row in every dump; null where a dump prints none. */
function countStaying(snapshots: readonly Snapshot[], groups: readonly (readonly Group[])[]): number | null {
  let staying: Set<number> | null = null;
  for (const [index, snapshot] of snapshots.entries()) {
    const ids = new Set<number>();
    for (const row of rowsIn(snapshot, groups[index] ?? [])) {
      const id = at(snapshot.dump.goroutines.id, row);
      if (id === NO_ID) return null;
      if (staying === null || staying.has(id)) ids.add(id);
    }
    staying = ids;
  }
  return staying?.size ?? null;
}

/** Whether the waits go on: by the time between the dumps where that is known, else at all. */
function isWaitingOn(snapshots: readonly Snapshot[], groups: readonly (readonly Group[])[]): boolean {
  const waits = snapshots.map((snapshot, index) => longestWait(snapshot, groups[index] ?? []));
  return waits.every((wait, index) => {
    if (index === 0) return true;
    const before = waits[index - 1]!;
    if (wait === null) return false;
    const minutes = minutesBetween(snapshots[index - 1], snapshots[index]);
    if (minutes === null) return before === null || wait > before;
    return wait - (before ?? 0) >= minutes - WAIT_SLACK_MINUTES;
  });
}

function longestWait(snapshot: Snapshot, groups: readonly Group[]): number | null {
  let longest: number | null = null;
  for (const row of rowsIn(snapshot, groups)) {
    const wait = at(snapshot.dump.goroutines.wait, row);
    if (wait !== NO_WAIT && wait > (longest ?? -1)) longest = wait;
  }
  return longest;
}

function* rowsIn(snapshot: Snapshot, groups: readonly Group[]): Generator<number> {
  for (const group of groups) yield* rowsOf(snapshot.groups, group);
}

/** Minutes between two dumps; null where a time is unknown or they do not follow each other. */
function minutesBetween(earlier: Snapshot | undefined, later: Snapshot | undefined): number | null {
  const from = earlier?.time ?? null;
  const to = later?.time ?? null;
  return from === null || to === null || to <= from ? null : (to - from) / MINUTE_MS;
}

function growth({ counts }: ComparedGroup): number {
  return (counts.at(-1) ?? 0) - (counts[0] ?? 0);
}

function most({ counts }: ComparedGroup): number {
  return counts.reduce((largest, count) => Math.max(largest, count), 0);
}

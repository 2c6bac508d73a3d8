import type { Group } from "../group/groups.ts";
import { largest } from "../lists.ts";
import { at } from "../model/column.ts";
import { NO_ID } from "../model/dump.ts";
import { byRange, runToEnd, type Steps } from "../steps.ts";
import type { Change, ComparedGroup, Comparison, Snapshot } from "./comparison.ts";
import { type KeyLevel, StackNumbers } from "./stackKey.ts";

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
  const minutes = minutesOf(snapshots);
  yield* byRange(
    rows.length,
    (start, end) => {
      for (let index = start; index < end; index++) groups.push(compareRow(snapshots, minutes, rows[index]!));
    },
    STEP,
  );
  return { snapshots, groups: inOrder(groups) };
}

/** Those that have grown most come first, then those that were most. */
function inOrder(groups: readonly ComparedGroup[]): readonly ComparedGroup[] {
  const ranked = groups.map((group) => ({ group, growth: growth(group), most: most(group) }));
  return ranked.sort((left, right) => right.growth - left.growth || right.most - left.most).map(({ group }) => group);
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
  const rows = new Map<number, Row>();
  const numbers = new StackNumbers(level);
  for (const [index, { dump, groups }] of snapshots.entries()) {
    const numberOf = numbers.of(dump);
    for (const group of groups.groups) {
      const number = numberOf[group.stack]!;
      let row = rows.get(number);
      if (row === undefined) rows.set(number, (row = { groups: snapshots.map(() => NO_GROUPS), match: "exact" }));
      const before = row.groups[index]!;
      row.groups[index] = before.length === 0 ? [group] : [...before, group];
    }
    yield;
  }
  return [...rows.values()];
}

/** Joins rows with the same functions when no dump has goroutines in two of them: then one is the other, moved. */
function mergeByFunctions(snapshots: readonly Snapshot[], rows: readonly Row[]): readonly Row[] {
  if (rows.length === 0) return rows;
  const sameFunctions = new Map<number, Row[]>();
  const numbers = new StackNumbers("functions");
  const numbersOf = snapshots.map(({ dump }) => numbers.of(dump));
  for (const row of rows) {
    const seen = row.groups.findIndex((groups) => groups.length > 0);
    const number = numbersOf[seen]![row.groups[seen]![0]!.stack]!;
    const same = sameFunctions.get(number);
    if (same === undefined) sameFunctions.set(number, [row]);
    else same.push(row);
  }
  return [...sameFunctions.values()].flatMap((same) => {
    const isAmbiguous = snapshots.some((_, index) => same.filter(({ groups }) => groups[index]!.length > 0).length > 1);
    if (same.length === 1 || isAmbiguous) return same;
    const groups = snapshots.map((_, index) => same.flatMap((row) => row.groups[index]!));
    return [{ groups, match: "functions" as const }];
  });
}

function compareRow(snapshots: readonly Snapshot[], minutes: SeriesMinutes, { groups, match }: Row): ComparedGroup {
  const counts = groups.map((inDump) => inDump.reduce((sum, group) => sum + group.count, 0));
  const first = counts[0] ?? 0;
  const last = counts.at(-1) ?? 0;
  const risesAlways = counts.every((count, index) => index === 0 || count > counts[index - 1]!);
  const staying = countStaying(snapshots, groups);
  return {
    change: changeOf(counts, risesAlways, staying !== null && staying === last && isWaitingOn(minutes, groups)),
    counts,
    risesAlways,
    perMinute: minutes.inAll === null ? null : (last - first) / minutes.inAll,
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
  if (groups.every(isOne)) return countStayingAlone(snapshots, groups);
  let staying: ReadonlySet<number> | undefined;
  for (const [index, snapshot] of snapshots.entries()) {
    const ids = idsIn(snapshot, groups[index] ?? NO_GROUPS);
    if (ids === null) return null;
    const before = staying;
    staying = new Set(before === undefined ? ids : ids.filter((id) => before.has(id)));
  }
  return staying?.size ?? null;
}

function isOne([group, ...others]: readonly Group[]): boolean {
  return others.length === 0 && group !== undefined && group.end - group.start === 1;
}

/** The same where every dump has one goroutine in the row, as most do of thousands. */
function countStayingAlone(snapshots: readonly Snapshot[], groups: readonly (readonly Group[])[]): number | null {
  let first = NO_ID;
  let isSame = true;
  for (let index = 0; index < snapshots.length; index++) {
    const { dump, groups: table } = snapshots[index]!;
    const id = at(dump.goroutines.id, table.rows[groups[index]![0]!.start]!);
    if (id === NO_ID) return null;
    if (index === 0) first = id;
    isSame &&= id === first;
  }
  return isSame ? 1 : 0;
}

function idsIn({ dump, groups: table }: Snapshot, groups: readonly Group[]): readonly number[] | null {
  const ids: number[] = [];
  for (const group of groups) {
    for (let place = group.start; place < group.end; place++) {
      const id = at(dump.goroutines.id, table.rows[place]!);
      if (id === NO_ID) return null;
      ids.push(id);
    }
  }
  return ids;
}

/** Whether the waits go on: by the time between the dumps where that is known, else at all. */
function isWaitingOn({ before }: SeriesMinutes, groups: readonly (readonly Group[])[]): boolean {
  const waits = groups.map((inDump) => largest(inDump, ({ wait }) => wait?.max ?? -1, -1));
  return waits.every((wait, index) => {
    if (index === 0) return true;
    const last = waits[index - 1]!;
    // Where none is printed.
    if (wait < 0) return false;
    const minutes = before[index]!;
    if (minutes === null) return wait > last;
    return wait - Math.max(last, 0) >= minutes - WAIT_SLACK_MINUTES;
  });
}

/** Minutes from the first dump to the last, and from each dump's predecessor to it; null where they are not known. */
interface SeriesMinutes {
  readonly inAll: number | null;
  readonly before: readonly (number | null)[];
}

function minutesOf(snapshots: readonly Snapshot[]): SeriesMinutes {
  return {
    inAll: minutesBetween(snapshots[0], snapshots.at(-1)),
    before: snapshots.map((snapshot, index) => minutesBetween(snapshots[index - 1], snapshot)),
  };
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
  return largest(counts, (count) => count, 0);
}

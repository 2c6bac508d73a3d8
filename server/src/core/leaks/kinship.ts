import type { Analysis } from "../analysis/analysis.ts";
import { standsAside } from "../analysis/roles.ts";
import type { Traits } from "../analysis/traits.ts";
import type { Group } from "../group/groups.ts";
import { lockWaitOf } from "../locks/lockWait.ts";
import { type IdIndex, idIndexSteps } from "../model/idIndex.ts";
import { stateInfo } from "../model/state.ts";
import { byRange, type Steps } from "../steps.ts";
import { CreatorFate, Creators } from "./creators.ts";
import { Siblings } from "./siblings.ts";
import { UnionFind } from "./unionFind.ts";
import type { ActiveCode } from "./activeCode.ts";
import { isConsumer, isOpenSelect, mayTick } from "./waits.ts";

/** What is true of at least one member of a family. */
export const Mark = {
  alive: 1 << 0,
  selects: 1 << 1,
  consumes: 1 << 2,
  gone: 1 << 3,
  returned: 1 << 4,
  main: 1 << 5,
  unknown: 1 << 6,
  lock: 1 << 7,
  /** By names alone, somebody may come who is no relative. */
  helped: 1 << 8,
  /** It was started for a request that is over. */
  requested: 1 << 9,
  /** A ticker may wake it: it receives in the function it was started with. */
  ticks: 1 << 10,
  /** It waits to send. */
  sends: 1 << 11,
  /** It receives within a call, and nobody that it has started is there to send: time or a stranger may. */
  asks: 1 << 12,
  /** It waits in a call into another package, in which somebody is at work. */
  assisted: 1 << 13,
  /** It waits on a Cond: for an event from outside, or for a timer that broadcasts. */
  conditions: 1 << 14,
} as const;

/** What the fate of a creator says of a set of relatives, by {@link CreatorFate}. */
const MARK_OF_FATE = Uint16Array.from([
  0,
  Mark.gone,
  Mark.returned,
  0,
  Mark.main,
  Mark.unknown,
  Mark.alive | Mark.unknown,
  Mark.gone | Mark.requested,
]);

/** Who belongs to whom, and what is true of each set of relatives. */
export class Kin {
  readonly #sets: UnionFind;
  readonly #marks: Uint16Array;

  constructor(sets: UnionFind, marks: Uint16Array) {
    this.#sets = sets;
    this.#marks = marks;
  }

  /** Number of a row's relatives: the first row that belongs to it. */
  setOf(row: number): number {
    return this.#sets.find(row);
  }

  /** What is true of some relative of a row, itself included: bits of {@link Mark}. */
  marks(row: number): number {
    return this.#marks[this.#sets.find(row)]!;
  }
}

/** Who is related to whom. */
export interface Kinship {
  /** By descent: one started the other, or one call started both. Only these say that somebody is lost. */
  readonly close: Kin;
  /** By descent or by type: any of these may come to help. A name alone accuses nobody. */
  readonly wide: Kin;
  /** Where each id is. */
  readonly ids: IdIndex;
}

/** Finds out who is related to whom. Linear in rows. */
export function* findKinship(analysis: Analysis, activeCode: ActiveCode): Steps<Kinship> {
  const sets = new UnionFind(analysis.dump.goroutines.length);
  const ids = yield* idIndexSteps(analysis.dump.goroutines.id);
  const own = yield* joinDescent(analysis, ids, sets, activeCode);
  const close = new Kin(sets, yield* marksOf(own, sets));
  const wideSets = sets.copy();
  yield* joinTypes(analysis, wideSets);
  yield* markHelped(analysis, own, activeCode);
  return { close, wide: new Kin(wideSets, yield* marksOf(own, wideSets)), ids };
}

/** Joins those of which one started the other, or that one call started; gives what is true of each row. */
function* joinDescent(analysis: Analysis, ids: IdIndex, sets: UnionFind, activeCode: ActiveCode): Steps<Uint16Array> {
  const own = new Uint16Array(analysis.dump.goroutines.length);
  const creators = new Creators(analysis, ids);
  const siblings = new Siblings(analysis);
  const { groups, groupOf } = analysis.groups;
  const marks = Uint16Array.from(groups, (group) => {
    const traits = analysis.traits(group);
    return ownMarks(group, traits) | (activeCode.isAssisted(analysis, traits) ? Mark.assisted : 0);
  });
  const isAside = Uint8Array.from(groups, (group) => Number(standsAside(analysis.traits(group).role)));
  const isStarter = new Uint8Array(own.length);
  yield;
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const group = groupOf[row]!;
      if (isAside[group] === 1) continue;
      const fate = creators.of(row);
      const isParkedMain = fate === CreatorFate.main && creators.isParked(row);
      own[row] = isParkedMain ? Mark.alive | Mark.main : marks[group]! | MARK_OF_FATE[fate]!;
      // Goroutines that one call started share what it made; those of a starter that is near are its relatives already.
      const relative = fate === CreatorFate.near ? creators.starter : siblings.firstLike(row);
      if (relative !== row) sets.union(row, relative);
      if (fate === CreatorFate.near) isStarter[relative] = 1;
    }
  });
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) if (isStarter[row] === 1) own[row]! &= ~Mark.asks;
  });
  return own;
}

/** Joins those that run methods of one type. */
function* joinTypes(analysis: Analysis, sets: UnionFind): Steps<void> {
  const { groups, groupOf, rows } = analysis.groups;
  const byType = new Map<string, number>();
  /** A row that all of the group are relatives of, by group; -1: they need not be. */
  const firsts = new Int32Array(groups.length).fill(-1);
  for (const group of groups) {
    const { role, types } = analysis.traits(group);
    const own = rows[group.start];
    if (standsAside(role) || own === undefined || types.size === 0) continue;
    firsts[group.id] = own;
    for (const type of types) {
      const other = byType.get(type);
      if (other === undefined) byType.set(type, own);
      else sets.union(own, other);
    }
  }
  yield* byRange(groupOf.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const first = firsts[groupOf[row]!]!;
      if (first >= 0) sets.union(row, first);
    }
  });
}

/** Marks those to whom, as far as names tell, somebody may come who is no relative. */
function* markHelped(analysis: Analysis, own: Uint16Array, activeCode: ActiveCode): Steps<void> {
  const { groups, groupOf } = analysis.groups;
  const strays = yield* packagesOfStrays(analysis, own);
  const helped = Uint16Array.from(groups, (group) => {
    const traits = analysis.traits(group);
    const isHelped = activeCode.isBusy(analysis, traits) || traits.user.some((facts) => strays.has(facts.package));
    return isHelped ? Mark.helped : 0;
  });
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) own[row]! |= helped[groupOf[row]!]!;
  });
}

/** Packages in which somebody may do something who descends from nobody in the dump: from whom, is not known. */
function* packagesOfStrays(analysis: Analysis, own: Uint16Array): Steps<ReadonlySet<string>> {
  const { groups, groupOf } = analysis.groups;
  const isStray = new Uint8Array(groups.length);
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const marks = own[row]!;
      const isUnknown = (marks & (Mark.gone | Mark.unknown)) !== 0;
      if (isUnknown && (marks & (Mark.alive | Mark.selects)) !== 0) isStray[groupOf[row]!] = 1;
    }
  });
  const packages = new Set<string>();
  for (const group of groups) {
    if (isStray[group.id] === 0) continue;
    for (const facts of analysis.traits(group).user) packages.add(facts.package);
  }
  return packages;
}

/** What a group's own members are like. */
function ownMarks(group: Group, traits: Traits): number {
  if (traits.role === "alive" || traits.role === "unclear") return Mark.alive;
  if (isOpenSelect(group, traits)) return Mark.selects;
  if (lockWaitOf(traits.stack.frames, group.state) !== undefined) return Mark.lock;
  if (stateInfo(group.state).kind === "send") return Mark.sends;
  if (!isConsumer(group, traits)) return 0;
  if (stateInfo(group.state).kind !== "receive") return Mark.consumes | Mark.conditions;
  return Mark.consumes | (mayTick(group, traits) ? Mark.ticks : Mark.asks);
}

function* marksOf(own: Uint16Array, sets: UnionFind): Steps<Uint16Array> {
  const marks = new Uint16Array(own.length);
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) marks[sets.find(row)]! |= own[row]!;
  });
  return marks;
}

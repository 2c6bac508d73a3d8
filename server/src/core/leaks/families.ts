import type { Analysis } from "../analysis/analysis.ts";
import type { Traits } from "../analysis/traits.ts";
import type { Group } from "../group/groups.ts";
import { baseState } from "../model/state.ts";
import { idIndexSteps } from "../model/idIndex.ts";
import { byRange, type Steps } from "../steps.ts";
import { Descent, Descents } from "./descent.ts";
import { Siblings } from "./siblings.ts";
import { UnionFind } from "./unionFind.ts";

/** What is true of at least one member of a family. */
export const Mark = { alive: 1, selects: 2, consumes: 4, gone: 8, returned: 16, main: 32 } as const;
/** What a descent says of a family, by {@link Descent}. */
const MARK_OF_DESCENT = Uint8Array.from([0, Mark.gone, Mark.returned, 0, Mark.main, Mark.alive]);

/** Who is related to whom, by descent and by type. */
export interface Families {
  readonly kin: UnionFind;
  /** What is true of some member, by a family's number. */
  readonly marks: Uint8Array;
  /** By row, 1: whoever started the goroutine or its relatives by descent is gone, and none of them is alive. */
  readonly isGone: Uint8Array;
}

/** Finds out who is related to whom. Linear in rows. */
export function* findFamilies(analysis: Analysis): Steps<Families> {
  const families = new UnionFind(analysis.dump.goroutines.length);
  const own = yield* joinDescent(analysis, families);
  const isGone = yield* findGone(own, families);
  yield* joinTypes(analysis, families);
  return { kin: families, marks: yield* marksOf(own, families), isGone };
}

function* findGone(own: Uint8Array, families: UnionFind): Steps<Uint8Array> {
  const marks = yield* marksOf(own, families);
  const isGone = new Uint8Array(own.length);
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const all = marks[families.find(row)]! & (Mark.gone | Mark.alive | Mark.returned | Mark.main);
      if (all === Mark.gone) isGone[row] = 1;
    }
  });
  return isGone;
}

/** Joins those of which one started the other, or that one call started; gives what is true of each row. */
function* joinDescent(analysis: Analysis, families: UnionFind): Steps<Uint8Array> {
  const own = new Uint8Array(analysis.dump.goroutines.length);
  const descents = new Descents(analysis, yield* idIndexSteps(analysis.dump.goroutines.id));
  const siblings = new Siblings(analysis);
  const { groups, groupOf } = analysis.groups;
  const marks = Uint8Array.from(groups, (group) => ownMarks(group, analysis.traits(group)));
  const isAside = Uint8Array.from(groups, (group) => Number(analysis.traits(group).role === "aside"));
  yield;
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const group = groupOf[row]!;
      if (isAside[group] === 1) continue;
      const descent = descents.of(row);
      const isParkedMain = descent === Descent.main && descents.isParked(row);
      own[row] = isParkedMain ? Mark.alive | Mark.main : marks[group]! | MARK_OF_DESCENT[descent]!;
      // Goroutines that one call started share what it made; those of a starter that is near are its relatives already.
      const relative = descent === Descent.near ? descents.starter : siblings.firstLike(row);
      if (relative !== row) families.union(row, relative);
    }
  });
  return own;
}

/** Joins those that run methods of one type. */
function* joinTypes(analysis: Analysis, families: UnionFind): Steps<void> {
  const { groups, groupOf, rows } = analysis.groups;
  const byType = new Map<string, number>();
  /** A row that all of the group are relatives of, by group; -1: they need not be. */
  const firsts = new Int32Array(groups.length).fill(-1);
  for (const group of groups) {
    const { role, types } = analysis.traits(group);
    const own = rows[group.start];
    if (role === "aside" || own === undefined || types.size === 0) continue;
    firsts[group.id] = own;
    for (const type of types) {
      const other = byType.get(type);
      if (other === undefined) byType.set(type, own);
      else families.union(own, other);
    }
  }
  yield* byRange(groupOf.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const first = firsts[groupOf[row]!]!;
      if (first >= 0) families.union(row, first);
    }
  });
}

/** What a group's own members are like. */
function ownMarks(group: Group, traits: Traits): number {
  if (traits.role === "alive" || traits.role === "unclear") return Mark.alive;
  if (isOpenSelect(group, traits)) return Mark.selects;
  return isConsumer(group, traits) ? Mark.consumes : 0;
}

/** A select whose cases are not known. Those of io.Pipe wait for the pipe's other end only. */
function isOpenSelect({ state }: Group, { stack }: Traits): boolean {
  if (!baseState(state).startsWith("select")) return false;
  return !stack.frames.some(({ function: name }) => name.startsWith("io.(*pipe)."));
}

/**
 * How those idle that take work, events or tokens as they come: until the outside brings some. The test runner's receive
 * is none of these: it waits for the test it has started.
 */
function isConsumer({ state }: Group, { stack }: Traits): boolean {
  const base = baseState(state);
  const innermost = stack.frames.find(({ function: name }) => !name.startsWith("runtime."));
  if (innermost?.function.startsWith("testing.") === true) return false;
  return base.startsWith("chan receive") || base === "sync.Cond.Wait";
}

function* marksOf(own: Uint8Array, families: UnionFind): Steps<Uint8Array> {
  const marks = new Uint8Array(own.length);
  yield* byRange(own.length, (start, end) => {
    for (let row = start; row < end; row++) marks[families.find(row)]! |= own[row]!;
  });
  return marks;
}

import type { Analysis } from "../findings/analysis.ts";
import type { Traits } from "../findings/traits.ts";
import type { Group, GroupTable } from "../group/groups.ts";
import { baseState } from "../model/state.ts";
import { byRange, type Steps } from "../steps.ts";
import { Descent, Descents } from "./descent.ts";
import { Siblings } from "./siblings.ts";
import { UnionFind } from "./unionFind.ts";
import { GENERATORS, Vicinity } from "./vicinity.ts";

/**
 * Why nobody will wake a goroutine.
 * `gone`: whoever started it has ended, or is done with what it did, and all its relatives are blocked too.
 * `returned`: the function that started it is over, and all its relatives are blocked too.
 * `all`: main and all its relatives are blocked.
 * `still`: nobody in the program runs, and nobody else is in the code it waits in.
 */
export type Hopelessness = "gone" | "returned" | "all" | "still";

/** What is true of at least one member of a family. */
const Mark = { alive: 1, selects: 2, consumes: 4, gone: 8, returned: 16, main: 32 } as const;
/** What a descent says of a family, by {@link Descent}. */
const MARK_OF_DESCENT = Uint8Array.from([0, Mark.gone, Mark.returned, 0, Mark.main, Mark.alive]);

/** Tells of rows of one group why nobody will wake them, see {@link Closure.why}. */
export type Judge = (row: number) => Hopelessness | undefined;

/**
 * Who could wake whom. Goroutines of which one started the other, or that one function call started, are relatives; so
 * are, where the starter still lives, those that run methods of one type. When all relatives are blocked on channels,
 * locks and the like, only a stranger could wake them. Time is linear in rows and in the frames of distinct stacks.
 */
export class Closure {
  readonly #analysis: Analysis;
  /** Who is alive in which code. */
  readonly vicinity: Vicinity;
  /** By descent alone, and by type as well. */
  readonly #descent: UnionFind;
  readonly #kin: UnionFind;
  readonly #descentMarks: Uint8Array;
  readonly #kinMarks: Uint8Array;
  #measured: Measures | undefined;

  private constructor(analysis: Analysis, vicinity: Vicinity, { own, descent, kin }: Families) {
    this.#analysis = analysis;
    this.vicinity = vicinity;
    this.#descent = descent;
    this.#kin = kin;
    this.#descentMarks = marksOf(own, descent);
    this.#kinMarks = marksOf(own, kin);
  }

  /** Works it out. */
  static *of(analysis: Analysis): Steps<Closure> {
    const vicinity = new Vicinity(analysis);
    yield;
    return new Closure(analysis, vicinity, yield* findFamilies(analysis));
  }

  /** Why nobody will wake the goroutine of that row; undefined when somebody may, or when it needs nobody. */
  why(row: number): Hopelessness | undefined {
    return this.judge(this.#analysis.groupOf(row))?.(row);
  }

  /** As {@link why}, for many rows of one group; undefined: the answer is undefined for all of them. */
  judge(group: Group): Judge | undefined {
    const traits = this.#analysis.traits(group);
    if (traits.role !== "blocked" || traits.user[0] === undefined) return undefined;
    const hasAliveKin = this.vicinity.hasAliveKin(traits);
    const isAlivePackage = this.vicinity.isAlivePackage(traits);
    const mayGenerate = isGenerator(group, traits);
    const otherwise = this.vicinity.isStill(group, traits) ? "still" : undefined;
    return (row) => {
      if (!hasAliveKin && this.#isGone(row)) return "gone";
      return (isAlivePackage ? undefined : this.#kinVerdict(row, mayGenerate)) ?? otherwise;
    };
  }

  #isGone(row: number): boolean {
    const marks = this.#descentMarks[this.#descent.find(row)]!;
    return (marks & (Mark.gone | Mark.alive | Mark.returned | Mark.main)) === Mark.gone;
  }

  #kinVerdict(row: number, mayGenerate: boolean): Hopelessness | undefined {
    const marks = this.#kinMarks[this.#kin.find(row)]!;
    // A select may have a timer or a context among its cases.
    if ((marks & (Mark.alive | Mark.selects)) !== 0) return undefined;
    if ((marks & Mark.main) !== 0) return "all";
    if ((marks & Mark.returned) === 0 || (marks & Mark.consumes) !== 0) return undefined;
    return mayGenerate && this.#isAmongFew(row) ? undefined : "returned";
  }

  /** Whether all relatives of a goroutine could be generators of one kind: a program has few of them. */
  #isAmongFew(row: number): boolean {
    this.#measured ??= measure(this.#kin, this.#analysis.groups);
    const family = this.#kin.find(row);
    return this.#measured.sizes[family]! < GENERATORS && this.#measured.isMixed[family] === 0;
  }
}

/** Who is related to whom. */
interface Families {
  /** What is true of each row. */
  readonly own: Uint8Array;
  readonly descent: UnionFind;
  readonly kin: UnionFind;
}

function* findFamilies(analysis: Analysis): Steps<Families> {
  const descent = UnionFind.ofSize(analysis.dump.goroutines.length);
  const own = yield* joinDescent(analysis, descent);
  const kin = descent.copy();
  yield* joinTypes(analysis, kin);
  return { own, descent, kin };
}

/** Joins those of which one started the other, or that one call started; gives what is true of each row. */
function* joinDescent(analysis: Analysis, families: UnionFind): Steps<Uint8Array> {
  const own = new Uint8Array(analysis.dump.goroutines.length);
  const descents = new Descents(analysis);
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

/** By a family's number. */
interface Measures {
  /** How many members each has. */
  readonly sizes: Uint32Array;
  /** 1 for those whose members stand at more than one place. */
  readonly isMixed: Uint8Array;
}

function measure(kin: UnionFind, { groupOf }: GroupTable): Measures {
  const sizes = new Uint32Array(groupOf.length);
  const isMixed = new Uint8Array(groupOf.length);
  const firstGroup = new Int32Array(groupOf.length).fill(-1);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row]!;
    const family = kin.find(row);
    sizes[family]!++;
    if (firstGroup[family] === -1) firstGroup[family] = group;
    else if (firstGroup[family] !== group) isMixed[family] = 1;
  }
  return { sizes, isMixed };
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

/** A goroutine that may offer value after value on a channel: numbers, ids. It is blocked whenever nobody wants one. */
function isGenerator({ state }: Group, { user }: Traits): boolean {
  return baseState(state).startsWith("chan send") && user.length === 1;
}

function marksOf(own: Uint8Array, families: UnionFind): Uint8Array {
  const marks = new Uint8Array(own.length);
  for (let row = 0; row < own.length; row++) marks[families.find(row)]! |= own[row]!;
  return marks;
}

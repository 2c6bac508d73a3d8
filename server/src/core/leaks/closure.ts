import type { Analysis } from "../analysis/analysis.ts";
import type { Traits } from "../analysis/traits.ts";
import type { Group, GroupTable } from "../group/groups.ts";
import { baseState } from "../model/state.ts";
import type { Steps } from "../steps.ts";
import { findConfined } from "./confined.ts";
import { type Families, findFamilies, Mark } from "./families.ts";
import type { UnionFind } from "./unionFind.ts";
import { GENERATORS, Vicinity } from "./vicinity.ts";

/**
 * Why nobody will wake a goroutine.
 * `confined`: the source shows that what it waits for never left the calls that made it, and nobody of these can go on.
 * `gone`: whoever started it has ended, or is done with what it did, and all its relatives are blocked too.
 * `returned`: the function that started it is over, and all its relatives are blocked too.
 * `all`: main and all its relatives are blocked.
 * `still`: nobody in the program runs, and nobody else is in the code it waits in.
 */
export type Hopelessness = "confined" | "gone" | "returned" | "all" | "still";

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
  readonly #families: Families;
  readonly #isConfined: Uint8Array | undefined;
  #measured: Measures | undefined;

  private constructor(analysis: Analysis, vicinity: Vicinity, families: Families, isConfined: Uint8Array | undefined) {
    this.#analysis = analysis;
    this.vicinity = vicinity;
    this.#families = families;
    this.#isConfined = isConfined;
  }

  /** Works it out. */
  static *of(analysis: Analysis): Steps<Closure> {
    const vicinity = yield* Vicinity.of(analysis);
    const families = yield* findFamilies(analysis);
    return new Closure(analysis, vicinity, families, yield* findConfined(analysis));
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
      if (this.#isConfined?.[row] === 1) return "confined";
      if (!hasAliveKin && this.#families.isGone[row] === 1) return "gone";
      return (isAlivePackage ? undefined : this.#kinVerdict(row, mayGenerate)) ?? otherwise;
    };
  }

  #kinVerdict(row: number, mayGenerate: boolean): Hopelessness | undefined {
    const { kin, marks: marksOfFamily } = this.#families;
    const marks = marksOfFamily[kin.find(row)]!;
    // A select may have a timer or a context among its cases.
    if ((marks & (Mark.alive | Mark.selects)) !== 0) return undefined;
    if ((marks & Mark.main) !== 0) return "all";
    if ((marks & Mark.returned) === 0 || (marks & Mark.consumes) !== 0) return undefined;
    return mayGenerate && this.#isAmongFew(row) ? undefined : "returned";
  }

  /** Whether all relatives of a goroutine could be generators of one kind: a program has few of them. */
  #isAmongFew(row: number): boolean {
    const { kin } = this.#families;
    this.#measured ??= measure(kin, this.#analysis.groups);
    const family = kin.find(row);
    return this.#measured.sizes[family]! < GENERATORS && this.#measured.isMixed[family] === 0;
  }
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

/** A goroutine that may offer value after value on a channel: numbers, ids. It is blocked whenever nobody wants one. */
function isGenerator({ state }: Group, { user }: Traits): boolean {
  return baseState(state).startsWith("chan send") && user.length === 1;
}

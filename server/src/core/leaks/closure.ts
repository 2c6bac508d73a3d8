import type { Analysis } from "../findings/analysis.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { baseState } from "../model/state.ts";
import { Descents, isStarter } from "./descent.ts";
import { UnionFind } from "./unionFind.ts";

/**
 * Why nobody will wake a goroutine. `gone`: whoever started it has ended, and everybody related is blocked as well.
 * `returned`: the function that started it is over. `all`: main and everybody related to it is blocked.
 */
export type Hopelessness = "gone" | "returned" | "all";

/** What is true of at least one member of a family. */
const Mark = { alive: 1, selects: 2, consumes: 4, gone: 8, returned: 16, main: 32 } as const;

/**
 * Who could wake whom. Goroutines that started one another, that one function call started, or that run methods of one
 * type are a family; when all of a family are blocked on channels, locks and the like, only a stranger could wake them.
 * Time is linear in rows and in the frames of distinct stacks.
 */
export class Closure {
  readonly #analysis: Analysis;
  readonly #families: UnionFind;
  readonly #marks: Uint8Array;
  /** Packages in whose code somebody runs, sleeps or does I/O. Not main: everything of a small program is in it. */
  readonly #alivePackages = new Set<string>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    const { length } = analysis.dump.goroutines;
    this.#families = new UnionFind(length);
    const own = new Uint8Array(length);
    this.#joinTypes();
    this.#joinDescent(own);
    this.#marks = new Uint8Array(length);
    for (let row = 0; row < length; row++) this.#marks[this.#families.find(row)]! |= own[row]!;
    this.#collectAlivePackages();
  }

  /** Why nobody will wake the goroutine of that row; undefined when somebody may, or when it needs nobody. */
  why(row: number): Hopelessness | undefined {
    const group = this.#analysis.groupOf(row);
    const { role, user } = this.#analysis.traits(group);
    if (role !== "blocked" || user[0] === undefined) return undefined;
    const marks = this.#marks[this.#families.find(row)]!;
    if ((marks & Mark.alive) !== 0) return undefined;
    const isOnlyGone = (marks & (Mark.returned | Mark.main)) === 0;
    if (isOnlyGone) return (marks & Mark.gone) === 0 ? undefined : "gone";
    // A select may have a timer or a context among its cases.
    if ((marks & Mark.selects) !== 0 || this.#alivePackages.has(user[0].package)) return undefined;
    if ((marks & Mark.main) !== 0) return "all";
    return (marks & Mark.consumes) === 0 ? "returned" : undefined;
  }

  #joinDescent(own: Uint8Array): void {
    const descents = new Descents(this.#analysis);
    const siblings = new Map<string, number>();
    for (let row = 0; row < own.length; row++) {
      const group = this.#analysis.groupOf(row);
      const { role, creatorFamily } = this.#analysis.traits(group);
      if (role === "aside") continue;
      const descent = descents.of(row);
      own[row] = this.#ownMarks(row, group, descents);
      if (descent.kind === "near") this.#families.union(row, descent.row);
      else if (descent.kind !== "unknown") own[row]! |= Mark[descent.kind];
      else own[row]! |= Mark.alive;
      if (creatorFamily !== null) this.#joinSiblings(siblings, row, creatorFamily);
    }
  }

  /** Goroutines that one call started share what it made. */
  #joinSiblings(siblings: Map<string, number>, row: number, family: string): void {
    const creator = at(this.#analysis.dump.goroutines.creator, row);
    this.#join(siblings, `${creator} ${isStarter(family) ? "" : family}`, row);
  }

  #joinTypes(): void {
    const { groups } = this.#analysis.groups;
    const byType = new Map<string, number>();
    for (const group of groups) {
      const { role, types } = this.#analysis.traits(group);
      if (role === "aside" || types.size === 0) continue;
      for (const row of this.#analysis.rows(group)) for (const type of types) this.#join(byType, type, row);
    }
  }

  #join(first: Map<string, number>, key: string, row: number): void {
    const other = first.get(key);
    if (other === undefined) first.set(key, row);
    else this.#families.union(other, row);
  }

  #ownMarks(row: number, group: Group, descents: Descents): number {
    const { role, user } = this.#analysis.traits(group);
    if (role === "alive" || role === "unclear") return Mark.alive;
    if (descents.isMain(row) && descents.isParked(row)) return Mark.alive;
    const state = baseState(group.state);
    if (state.startsWith("select")) return Mark.selects;
    return isConsumer(state) && user.length === 1 ? Mark.consumes : 0;
  }

  #collectAlivePackages(): void {
    for (const group of this.#analysis.groups.groups) {
      const { role, user } = this.#analysis.traits(group);
      if (role !== "alive") continue;
      for (const facts of user) if (facts.package !== "main") this.#alivePackages.add(facts.package);
    }
  }
}

/** How workers idle when they do it in the function they were started with: until the outside brings work. */
function isConsumer(state: string): boolean {
  return state.startsWith("chan receive") || state === "sync.Cond.Wait";
}

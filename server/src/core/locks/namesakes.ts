import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { byRange, type Steps } from "../steps.ts";
import { isOnceFrame } from "./lockWait.ts";
import type { Sites } from "./sites.ts";

/** Groups that run code of one name and are looked at for one lock. */
const MOST_ALIKE = 100;
/** Groups looked at in one step. */
const STEP = 1024;

/** A group that runs code of some name, and the index of the innermost frame that does. */
export interface Namesake {
  readonly group: Group;
  readonly frame: number;
}

/** Who runs the user's code, by types, functions and packages; and `sync.Once.Do`. */
export class Namesakes {
  readonly #analysis: Analysis;
  readonly #ofType = new Map<string, Namesake[]>();
  readonly #ofFamily = new Map<string, Namesake[]>();
  readonly #ofPackage = new Map<string, Namesake[]>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Takes all groups in. */
  *enterAll(): Steps<void> {
    const { groups } = this.#analysis.groups;
    yield* byRange(
      groups.length,
      (start, end) => {
        for (const group of groups.slice(start, end)) this.#enter(group);
      },
      STEP,
    );
  }

  /** Groups that run code of a place where a lock is asked for, and the innermost frame that does. */
  at({ types, families }: Sites): ReadonlyMap<Group, number> {
    const found = new Map<Group, number>();
    const lists = [
      ...Array.from(types, (type) => this.#ofType.get(type)),
      ...Array.from(families, (family) => this.#ofFamily.get(family)),
    ];
    for (const list of lists) {
      for (const { group, frame } of list ?? []) found.set(group, Math.min(frame, found.get(group) ?? frame));
    }
    return found;
  }

  /** Groups that run functions of a package which are no methods. */
  inPackage(name: string): readonly Namesake[] {
    return this.#ofPackage.get(name) ?? [];
  }

  /** Groups that run a function, by its family. */
  inFamily(name: string): readonly Namesake[] {
    return this.#ofFamily.get(name) ?? [];
  }

  /** Enters each type and function of the user's code, with its innermost frame. */
  #enter(group: Group): void {
    const { role, stack } = this.#analysis.traits(group);
    if (role === "aside") return;
    stack.frames.forEach(({ id }, frame) => {
      const facts = this.#analysis.facts(id);
      if (!facts.isUser && !isOnceFrame(facts.frame)) return;
      if (facts.isUser && facts.type !== null) enter(this.#ofType, facts.type, group, frame);
      if (facts.isUser && facts.type === null) enter(this.#ofPackage, facts.package, group, frame);
      enter(this.#ofFamily, facts.family, group, frame);
    });
  }
}

function enter(map: Map<string, Namesake[]>, name: string, group: Group, frame: number): void {
  const list = map.get(name);
  if (list === undefined) map.set(name, [{ group, frame }]);
  else if (list.length < MOST_ALIKE && list.at(-1)?.group !== group) list.push({ group, frame });
}

import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { byRange, type Steps } from "../steps.ts";
import { isOnceFrame, lockWaitOf } from "./lockWait.ts";
import type { Sites } from "./sites.ts";

/** Groups that run code of one name and are looked at for one lock: so many that ask for a lock there, and so many others. */
const MOST_ALIKE = 100;
/** Groups looked at in one step. */
const STEP = 1024;

/** A group that runs code of some name, and the index of the innermost frame that does. */
export interface Namesake {
  readonly group: Group;
  readonly frame: number;
}

/** Who runs code of one name. Those who ask for a lock in it are kept apart: there may be thousands, and one holder. */
interface Alike {
  readonly asking: Namesake[];
  readonly others: Namesake[];
}

const NOBODY: readonly Namesake[] = [];

/** Who runs the user's code, by types, functions and packages; and `sync.Once.Do`. */
export class Namesakes {
  readonly #analysis: Analysis;
  readonly #ofType = new Map<string, Alike>();
  readonly #ofFamily = new Map<string, Alike>();
  readonly #ofPackage = new Map<string, Alike>();

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
      ...Array.from(types, (type) => all(this.#ofType.get(type))),
      ...Array.from(families, (family) => all(this.#ofFamily.get(family))),
    ];
    for (const list of lists) {
      for (const { group, frame } of list) found.set(group, Math.min(frame, found.get(group) ?? frame));
    }
    return found;
  }

  /** Groups that run functions of a package which are no methods. */
  inPackage(name: string): readonly Namesake[] {
    return all(this.#ofPackage.get(name));
  }

  /** Groups that run a function, by its family. */
  inFamily(name: string): readonly Namesake[] {
    return all(this.#ofFamily.get(name));
  }

  /** Enters each type and function of the user's code, with its innermost frame. */
  #enter(group: Group): void {
    const { role, stack } = this.#analysis.traits(group);
    if (role === "aside") return;
    const asks = lockWaitOf(stack.frames, group.state)?.site ?? -1;
    stack.frames.forEach(({ id }, frame) => {
      const kind = frame <= asks ? "asking" : "others";
      const facts = this.#analysis.facts(id);
      if (!facts.isUser && !isOnceFrame(facts.frame)) return;
      if (facts.isUser && facts.type !== null) enter(this.#ofType, facts.type, kind, { group, frame });
      if (facts.isUser && facts.type === null) enter(this.#ofPackage, facts.package, kind, { group, frame });
      enter(this.#ofFamily, facts.family, kind, { group, frame });
    });
  }
}

function enter(map: Map<string, Alike>, name: string, kind: keyof Alike, namesake: Namesake): void {
  const alike = map.get(name) ?? { asking: [], others: [] };
  map.set(name, alike);
  const list = alike[kind];
  if (list.length < MOST_ALIKE && list.at(-1)?.group !== namesake.group) list.push(namesake);
}

function all(alike: Alike | undefined): readonly Namesake[] {
  return alike === undefined ? NOBODY : [...alike.others, ...alike.asking];
}

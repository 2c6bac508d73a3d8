import type { Analysis } from "../analysis/analysis.ts";
import type { Traits } from "../analysis/traits.ts";
import type { Group } from "../group/groups.ts";
import { baseState } from "../model/state.ts";
import { byRange, type Steps } from "../steps.ts";

/** Goroutines at one send that may be generators, which are blocked whenever nobody wants a value: programs have few. */
export const GENERATORS = 10;

/** Groups looked at in one step. */
const STEP = 1024;

/** Who is alive in which code. Names only: whether it is the same value that they share is not known. */
export class Vicinity {
  /** For each package the functions in which somebody is alive. */
  readonly #aliveInPackage = new Map<string, Set<string>>();
  /** For each type the functions in which somebody is alive. */
  readonly #aliveFamilies = new Map<string, Set<string>>();
  /** For each package the functions in which somebody is, alive or blocked. */
  readonly #families = new Map<string, Set<string>>();
  /** Whether nobody at all runs, sleeps or waits in a select, servers' loops and main's waiting apart. */
  #isStill = true;

  private constructor() {}

  /** That of a dump. */
  static *of(analysis: Analysis): Steps<Vicinity> {
    const vicinity = new Vicinity();
    const { groups } = analysis.groups;
    yield* byRange(
      groups.length,
      (start, end) => {
        for (const group of groups.slice(start, end)) vicinity.#add(group, analysis.traits(group));
      },
      STEP,
    );
    return vicinity;
  }

  /**
   * Whether somebody runs, sleeps or does I/O in the package in whose code a goroutine is blocked. Package main does not
   * count: everything of a small program is in it.
   */
  isAlivePackage({ user }: Traits): boolean {
    const name = user[0]?.package ?? "main";
    return name !== "main" && this.#aliveInPackage.has(name);
  }

  /** As {@link isAlivePackage}, of any package: there main.main alone does not count. */
  isAnyoneAlive(name: string): boolean {
    const families = this.#aliveInPackage.get(name);
    return families !== undefined && (families.size > 1 || !families.has("main.main"));
  }

  /**
   * Whether somebody is alive in a method of the type in whose code a goroutine is blocked: in another than those it is in
   * itself, and than the one that started it, because another call of these has channels of its own.
   */
  hasAliveKin({ user, families, creatorFamily }: Traits): boolean {
    const type = user[0]?.type;
    const alive = type === null || type === undefined ? undefined : this.#aliveFamilies.get(type);
    if (alive === undefined) return false;
    for (const family of alive) if (!families.has(family) && family !== creatorFamily) return true;
    return false;
  }

  /**
   * Whether a blocked send can have no receiver: nobody in the program runs who might come to receive, and nobody but
   * others that send there too is in the code of the package.
   */
  isStill({ state, count }: Group, { user }: Traits): boolean {
    const [place] = user;
    if (!this.#isStill || place === undefined || place.package === "main") return false;
    const isSend = baseState(state).startsWith("chan send") && (user.length > 1 || count >= GENERATORS);
    return isSend && this.#families.get(place.package)?.size === 1;
  }

  #add({ state }: Group, traits: Traits): void {
    if (traits.role === "aside") return;
    if (mayMove(baseState(state), traits)) this.#isStill = false;
    this.#enter(traits);
  }

  #enter({ role, user }: Traits): void {
    for (const { package: name, type, family } of user) {
      add(this.#families, name, family);
      if (role === "blocked") continue;
      add(this.#aliveInPackage, name, family);
      if (type !== null) add(this.#aliveFamilies, type, family);
    }
  }
}

/** Whether a goroutine runs or may begin to, without anybody's help and without a new request. */
function mayMove(state: string, traits: Traits): boolean {
  if (traits.role === "blocked") return state.startsWith("select") && state !== "select (no cases)";
  return !isServing(traits);
}

/** A server's loop over connections: it brings new goroutines, but wakes none. */
function isServing({ families }: Traits): boolean {
  return families.has("net/http.(*Server).Serve") || families.has("net/http.(*conn).serve");
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}

import type { Analysis } from "../analysis/analysis.ts";
import type { Role } from "../analysis/roles.ts";
import type { Traits } from "../analysis/traits.ts";
import type { Group } from "../group/groups.ts";
import { stateInfo } from "../model/state.ts";
import type { FrameFacts } from "../names/frameFacts.ts";
import { byRange, type Steps } from "../steps.ts";
import { isStartedElsewhere } from "./creators.ts";
import { isOpenSelect } from "./waits.ts";

/** Goroutines at one send that may be generators, which are blocked whenever nobody wants a value: programs have few. */
export const GENERATORS = 10;

/** Groups of one package that are kept: of so many, some have nothing to do with one lock. */
const GROUPS_KEPT = 256;

/** Goroutines one behind the other, each of which waits for the next, that are followed to somebody at work. */
const LEVELS = 8;
/** The poller's calls that move bytes; to accept a connection is none. */
const TRANSFERS = /^internal\/poll\.\(\*FD\)\.(?:P?[Rr]ead|P?[Ww]rite)/;
/** Groups looked at in one step. */
const STEP = 1024;

/** Who is alive in which code. Names only: whether it is the same value that they share is not known, so they only help. */
export class ActiveCode {
  /** For each package the functions in which somebody is alive. */
  readonly #aliveInPackage = new Map<string, Set<string>>();
  /** For each type the functions in which somebody is alive. */
  readonly #aliveFamilies = new Map<string, Set<string>>();
  /** For each package those functions in which somebody is alive that are no methods. */
  readonly #aliveFunctions = new Map<string, Set<string>>();
  /** For each package the functions in which somebody is, alive or blocked. */
  readonly #families = new Map<string, Set<string>>();
  /** For each package the first {@link GROUPS_KEPT} groups that run code of it. */
  readonly #groupsOf = new Map<string, Group[]>();
  /** Functions of all code, the library's too, in which somebody is alive, in a select or takes the dump. */
  readonly #busy = new Set<string>();
  /** Types likewise. */
  readonly #busyTypes = new Set<string>();
  /** Whether nobody at all runs, sleeps or waits in a select, servers' loops and main's waiting apart. */
  #isStill = true;

  /** Whether somebody is alive in the user's code, main.main alone apart. */
  #isUserActive = false;
  #isAnyoneAtWork = false;
  #isWithinCall = false;
  #isTransferring = false;

  private constructor() {}

  /** That of a dump. */
  static *of(analysis: Analysis): Steps<ActiveCode> {
    const activeCode = new ActiveCode();
    const { groups } = analysis.groups;
    yield* byRange(
      groups.length,
      (start, end) => {
        for (const group of groups.slice(start, end)) activeCode.#add(analysis, group, analysis.traits(group));
      },
      STEP,
    );
    let waiting = groups.map((group) => analysis.traits(group)).filter(({ role }) => role === "blocked");
    // One that is helped may help the next. By levels, so that the order of the text decides nothing.
    for (let level = 0; level < LEVELS; level++) {
      const assisted = new Set(waiting.filter((traits) => activeCode.isAssisted(analysis, traits)));
      if (assisted.size === 0) break;
      for (const traits of assisted) activeCode.#addAssisted(analysis, traits);
      waiting = waiting.filter((traits) => !assisted.has(traits));
      yield;
    }
    return activeCode;
  }

  /**
   * Whether somebody runs, sleeps or does I/O in the package in whose code a goroutine is blocked. Package main does not
   * count: everything of a small program is in it.
   */
  isAlivePackage({ user }: Traits): boolean {
    const name = user[0]?.package ?? "main";
    return name !== "main" && this.#aliveInPackage.has(name);
  }

  /** Whether a goroutine is blocked in a call into another package than its starter's, in which somebody is at work. */
  isAssisted(analysis: Analysis, traits: Traits): boolean {
    return traits.role === "blocked" && this.isAlivePackage(traits) && isStartedElsewhere(analysis, traits);
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
    const [place] = user;
    if (place === undefined || place.type === null) return false;
    for (const alive of [this.#aliveFamilies.get(place.type), this.#functionsOf(place.package)])
      for (const family of alive ?? []) if (!families.has(family) && family !== creatorFamily) return true;
    return false;
  }

  /** The functions of a package, those that are no methods, in which somebody is alive: they may have any of its values. */
  #functionsOf(name: string): ReadonlySet<string> | undefined {
    return name === "main" ? undefined : this.#aliveFunctions.get(name);
  }

  /**
   * Whether somebody who may do something stands in a function that a goroutine is in as well, in a closure of one, or in a
   * method of a library's type that it waits in, such as `os/exec.Cmd`.
   */
  isBusy(analysis: Analysis, { stack, user }: Traits): boolean {
    if (user.some(({ family }) => this.#busy.has(family))) return true;
    for (const { id } of stack.frames) {
      const facts = analysis.facts(id);
      if (facts.isUser) return false;
      if (facts.type !== null && this.#busyTypes.has(facts.type)) return true;
    }
    return false;
  }

  /** Whether somebody who may do something stands in that function, or in a literal of it. */
  isBusyIn(family: string): boolean {
    return this.#busy.has(family);
  }

  /** Whether nobody but those groups runs code of the packages. */
  areAlone(packages: ReadonlySet<string>, groups: ReadonlySet<Group>): boolean {
    for (const name of packages) {
      const inside = this.#groupsOf.get(name) ?? [];
      if (inside.length === GROUPS_KEPT || !inside.every((group) => groups.has(group))) return false;
    }
    return true;
  }

  /** Whether somebody runs, sleeps or does I/O in the user's code; main.main alone does not count. */
  get isUserActive(): boolean {
    return this.#isUserActive;
  }

  /** As {@link isUserActive}, apart from whoever takes the dump: its work is over. */
  get isAnyoneAtWork(): boolean {
    return this.#isAnyoneAtWork;
  }

  /**
   * Whether somebody is alive within a call of the user's code: in a handler, or below the function that a goroutine was
   * started with. Such a call may hold any lock until it returns; a loop that waits for its next turn hardly does.
   */
  get isWithinCall(): boolean {
    return this.#isWithinCall;
  }

  /**
   * Whether somebody is amid work: within a call, or reading or writing a file or a connection. Behind a slow one of these all
   * stages of a pipeline are blocked sending, each in a package of its own.
   */
  get isAmidWork(): boolean {
    return this.#isWithinCall || this.#isTransferring;
  }

  /** Whether nobody in the program may do anything by itself. */
  get isStill(): boolean {
    return this.#isStill;
  }

  /**
   * Whether a blocked send can have no receiver: nobody in the program runs who might come to receive, and nobody but
   * others that send there too is in the code of the package.
   */
  isLoneSend({ state, count }: Group, { user }: Traits): boolean {
    const [place] = user;
    if (!this.#isStill || place === undefined || place.package === "main") return false;
    const isSend = stateInfo(state).kind === "send" && (user.length > 1 || count >= GENERATORS);
    return isSend && this.#families.get(place.package)?.size === 1;
  }

  #add(analysis: Analysis, group: Group, traits: Traits): void {
    if (traits.role === "aside") return;
    if (traits.role !== "observer" && mayMove(group, traits)) this.#isStill = false;
    const isBusy = traits.role !== "blocked" || isOpenSelect(group, traits);
    if (traits.role !== "blocked" && traits.user.some(({ family }) => family !== "main.main")) {
      this.#isUserActive = true;
      if (traits.role !== "observer") this.#isAnyoneAtWork = true;
    }
    if (isWithinCall(analysis, group, traits)) this.#isWithinCall = true;
    if (isTransferring(traits)) this.#isTransferring = true;
    for (const { id } of traits.stack.frames) this.#enter(analysis.facts(id), traits.role, isBusy);
    for (const facts of traits.user) this.#enterGroup(facts.package, group);
  }

  /** Who waits for others at work goes on with its own work. */
  #addAssisted(analysis: Analysis, traits: Traits): void {
    const callee = traits.user[0]?.package;
    for (const { id } of traits.stack.frames) {
      const facts = analysis.facts(id);
      if (facts.package !== callee) this.#enter(facts, "alive", true);
    }
  }

  #enterGroup(name: string, group: Group): void {
    const inside = this.#groupsOf.get(name);
    if (inside === undefined) this.#groupsOf.set(name, [group]);
    else if (inside.length < GROUPS_KEPT && inside.at(-1) !== group) inside.push(group);
  }

  #enter(facts: FrameFacts, role: Role, isBusy: boolean): void {
    const { isUser, package: name, type, family } = facts;
    if (isBusy && !isRuntime(name)) {
      this.#busy.add(family);
      if (type !== null) this.#busyTypes.add(type);
    }
    if (!isUser) return;
    add(this.#families, name, family);
    if (role === "blocked") return;
    add(this.#aliveInPackage, name, family);
    if (type !== null) add(this.#aliveFamilies, type, family);
    else add(this.#aliveFunctions, name, family);
  }
}

function isRuntime(name: string): boolean {
  return name === "runtime" || name === "sync" || name.startsWith("internal/");
}

/** Whether a goroutine runs or may begin to, without anybody's help and without a new request. */
function mayMove(group: Group, traits: Traits): boolean {
  if (traits.role === "blocked") {
    const { kind, isForever } = stateInfo(group.state);
    return kind === "select" && !isForever;
  }
  return !isServing(traits);
}

function isWithinCall(analysis: Analysis, group: Group, traits: Traits): boolean {
  const { role, user, families, stack } = traits;
  if (role === "observer" || families.has("net/http.(*Server).Serve")) return false;
  if (role === "blocked" && !(isOpenSelect(group, traits) && isWaitOfLibrary(analysis, traits))) return false;
  const outermost = stack.frames.at(-1);
  return user.length > 1 || (user.length === 1 && outermost !== undefined && !analysis.facts(outermost.id).isUser);
}

/** Whether the user's code reads or writes a file or a connection; main.main alone does not count. */
function isTransferring({ role, user, stack }: Traits): boolean {
  const isUser = role === "alive" && user.some(({ family }) => family !== "main.main");
  return isUser && stack.frames.some(({ function: name }) => TRANSFERS.test(name));
}

/** Whether a library's call waits, such as that of an HTTP client for its answer: it waits for more than the program. */
function isWaitOfLibrary(analysis: Analysis, { stack }: Traits): boolean {
  const [innermost] = stack.frames;
  return innermost !== undefined && !analysis.facts(innermost.id).isUser;
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

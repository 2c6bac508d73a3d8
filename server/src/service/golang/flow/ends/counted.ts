import type { Func } from "../../program/model.ts";
import type { Call, Span, Statement } from "../../syntax/ast.ts";
import { type Access, accessOf, accessOfOperation } from "../values/access.ts";
import { passedAs } from "../values/callSyntax.ts";
import type { CallSite, Flow, Operation } from "../values/flow.ts";
import { loopsAround } from "../values/givenOnce.ts";
import { blockOf, deferrer } from "../control/blocks.ts";
import { arePathsSetOnce } from "../values/setOnce.ts";
import { NOTHING, type Threat } from "./threat.ts";

/** A place of a function, and how that gets at the WaitGroup. */
interface Place {
  readonly fn: Func;
  readonly at: Span;
  readonly access: Access;
}

/**
 * Which calls of Done take away no more than was added before, in the same call or where it was started: `wg.Add(1)` in front
 * of `go s.work()`. A call that is still to come ends no wait, then: only those help that have added already.
 */
export class Counted {
  readonly #flow: Flow;
  /** All that count one WaitGroup down. */
  readonly #dones: readonly Operation[];

  constructor(flow: Flow, operations: readonly Operation[]) {
    this.#flow = flow;
    this.#dones = operations.filter(({ kind }) => kind === "done");
  }

  /** The places from which one is done by calls that have added; undefined: others may do it as well. */
  placesOf(done: Operation): readonly Threat[] | undefined {
    const { kind, fn, at, startedBy } = done;
    if (kind !== "done" || fn === undefined) return undefined;
    if (startedBy !== undefined) return ofStart(fn, at, startedBy);
    const isOnly = this.#dones.every((one) => one.boundIn === undefined && (one.at === at || one.fn !== fn));
    if (!isOnly || loopsAround(fn.body, at).length > 0) return undefined;
    const here = { fn, at, access: accessOfOperation(this.#flow, done) };
    const [outer, ...within] = [this.#deferring(here), here].flatMap((one) => one ?? []);
    const starts = this.#isAddedBefore(outer!) ? [] : this.#startsOf(outer!);
    if (starts === undefined || !starts.every((one) => this.#isAddedBefore(one))) return undefined;
    return [outer!, ...within, ...starts].map(threatAt);
  }

  /** Where a literal that counts down is deferred. */
  #deferring({ fn, access }: Place): Place | undefined {
    const outer = deferrer(this.#flow, fn);
    const [site] = this.#flow.callersOf.get(fn) ?? [];
    return outer === fn || site === undefined ? undefined : { fn: outer, at: site.call, access };
  }

  /** Where a function is called, and how the callers get at what it counts down; undefined: that is not known of all. */
  #startsOf({ fn, access }: Place): readonly Place[] | undefined {
    const sites = this.#flow.callersOf.get(fn) ?? [];
    if (this.#flow.roots.has(fn) || sites.length === 0) return undefined;
    const starts = sites.flatMap((site): Place | [] => {
      const outer = this.#givenBy(site, fn, access);
      return site.fn === undefined || outer === undefined ? [] : { fn: site.fn, at: site.call, access: outer };
    });
    return starts.length === sites.length ? starts : undefined;
  }

  #givenBy(site: CallSite, fn: Func, { root, path }: Access): Access | undefined {
    if (site.isCallback || site.kind === "defer") return undefined;
    if (root === undefined || root.fn === undefined) return { root, path };
    if (root.fn !== fn) return site.call.callee.kind === "function" ? { root, path } : undefined;
    if (!root.isParameter || root.sources.length > 0) return undefined;
    if (root === fn.receiver)
      return site.receiver && accessOf(this.#flow, site.file, site.receiver, [...site.through, ...path]);
    const passed = passedAs(site, fn, root);
    return passed === undefined || passed.isElements
      ? undefined
      : accessOf(this.#flow, site.file, passed.values[0]!, path);
  }

  /** Whether statements in front of a place, in its block, add at least what all of the block behind them may take away. */
  #isAddedBefore({ fn, at, access }: Place): boolean {
    const { root, path } = access;
    const isFixed = root !== undefined && root.sources.length === 0 && arePathsSetOnce(this.#flow, root, path);
    // A variable of the call is another WaitGroup each time.
    if (!isFixed || !(root.isParameter || root.fn === undefined)) return false;
    const list = blockOf(fn.body.body, at.start);
    const here = list.findIndex((one) => has(one, at));
    const first = list.findIndex((one) => this.#addedIn(one, fn, access) > 0);
    if (first < 0 || here <= first) return false;
    const added = list.slice(first, here).reduce((sum, one) => sum + this.#addedIn(one, fn, access), 0);
    return list.slice(first).reduce((sum, one) => sum + this.#takenIn(one, fn), 0) <= added;
  }

  /** How much a statement adds for sure. */
  #addedIn({ kind, start, end }: Statement, fn: Func, { root, path }: Access): number {
    const add = this.#flow.operations.find(
      (one) => one.kind === "add" && one.fn === fn && one.at.start === start && one.at.end === end,
    );
    if (kind !== "expression" || add === undefined) return 0;
    const access = accessOfOperation(this.#flow, add);
    const isIt = access.root === root && access.path.join(".") === path.join(".");
    return isIt ? amountOf(add) : 0;
  }

  /** How often at most a statement counts down, or starts what does. */
  #takenIn(statement: Statement, fn: Func): number {
    const takers = new Set(this.#dones.map((one) => one.fn));
    const sites = [...takers].flatMap((taker) => (taker && this.#flow.callersOf.get(taker)) ?? []);
    const places = [
      ...this.#dones.filter((one) => one.fn === fn).map(({ at }) => at),
      ...sites.filter((site) => site.fn === fn).map(({ call }) => call),
    ];
    const within = places.filter((place) => has(statement, place));
    return within.some((place) => loopsAround(statement, place).length > 0) ? Infinity : within.length;
  }
}

/** `g.Go(f)` adds itself. */
function ofStart(fn: Func, at: Span, { fn: by, at: start }: Operation): readonly Threat[] | undefined {
  return (
    by && [
      { fn, at, ...NOTHING },
      { fn: by, at: start, ...NOTHING },
    ]
  );
}

function threatAt({ fn, at, access }: Place): Threat {
  return { fn, at, ...access, isOwn: false, scope: undefined };
}

function has({ start, end }: Span, place: Span): boolean {
  return start <= place.start && place.end <= end;
}

/** `wg.Add(2)`: 0 when the number is not written there. */
function amountOf({ at }: Operation): number {
  const [amount] = (at as Partial<Call>).args ?? [];
  return amount?.kind === "literal" ? Number(amount.text) || 0 : 0;
}

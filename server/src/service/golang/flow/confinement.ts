import type { Hold, Need, Owner, Pair, StackConfinement, Values } from "../../../core/analysis/confinement.ts";
import type { Func, Program } from "../program/model.ts";
import type { Span } from "../syntax/ast.ts";
import { type Access, accessOfOperation } from "./values/access.ts";
import { Awaited } from "./ends/awaited.ts";
import { buildFlow } from "./values/buildFlow.ts";
import { Coming } from "./ends/coming.ts";
import { type AimedThreat, Demands } from "./ends/demands.ts";
import type { Flow, Operation } from "./values/flow.ts";
import { ForeignStarts } from "./ends/foreignStarts.ts";
import { ForeignTypesFinder } from "./ends/foreignTypes.ts";
import { handsOver } from "./ends/handing.ts";
import { holdsOf } from "./ends/holds.ts";
import { isAwaitable } from "./ends/ends.ts";
import { isBehindWait, owedBehind } from "./ends/owed.ts";
import { isOwedBySelf } from "./ends/owedBySelf.ts";
import { ownerAround } from "./identity/ownerAround.ts";
import { Owners } from "./identity/owners.ts";
import { PairFinder } from "./identity/pairs.ts";
import { Region } from "./control/region.ts";
import { type KnownFrame, knownStack, type KnownStack, type PlacedStack } from "./stacks/knownStack.ts";
import { Singles } from "./identity/singles.ts";
import { StackWalk } from "./stacks/stackWalk.ts";
import { ThreatFinder } from "./ends/threats.ts";
import { Budget } from "./ends/visits.ts";
import { isForContext, operationsWaitedIn } from "./stacks/waitedIn.ts";

/** Of operations that are not known. */
const UNKNOWN_WAIT = {
  waits: undefined,
  isForItself: false,
  hasWayOut: true,
  isOpen: false,
  handsOver: false,
  isForeign: false,
} as const;

/** Of what nothing tells whose it is. */
const OF_ANYBODY = { origin: "any", owner: undefined, values: "many" } as const;

/** How many things are followed for all stacks of a dump together: some seconds. */
const MAX_VISITS = 300_000;

/**
 * What the goroutines of a dump wait for, and who of them may still do it. Undefined when a stack does not fit the
 * source, or the program is too large: then the source proves nothing.
 */
export function confinement(program: Program, stacks: readonly PlacedStack[]): readonly StackConfinement[] | undefined {
  const known: KnownStack[] = [];
  for (const stack of stacks) {
    const one = knownStack(program, stack);
    if (one === undefined) return undefined;
    known.push(one);
  }
  const flow = buildFlow(program);
  if (flow === undefined) return undefined;
  const confined = new Confinement(flow);
  const operations = stacks.map((stack, index) => operationsWaitedIn(flow, stack, known[index]!));
  const foreign = new ForeignTypesFinder(flow);
  const waits = known.map((stack, index) => confined.waits(stack, operations[index]));
  const serves = known.map((stack, index) => confined.serves(stack, operations[index] ?? []));
  return known.map((stack, index) => ({
    ...waits[index]!,
    serves: serves[index]!,
    pairs: confined.pairs(stack),
    holds: confined.holds(stack),
    foreign: foreign.of(stack),
  }));
}

class Confinement {
  readonly #flow: Flow;
  /** For whether calls make their own values; the places it finds are not used. */
  readonly #owners: ThreatFinder;
  readonly #demands: Demands;
  readonly #awaited: Awaited;
  readonly #objects: Owners;
  readonly #singles: Singles;
  readonly #pairs: PairFinder;
  readonly #foreign: ForeignStarts;
  readonly #regions = new Map<string, Region>();

  constructor(flow: Flow) {
    this.#flow = flow;
    const budget = new Budget(MAX_VISITS);
    this.#owners = new ThreatFinder(flow, budget);
    this.#demands = new Demands(flow, budget);
    this.#awaited = new Awaited(flow, this.#demands);
    this.#objects = new Owners(flow);
    this.#singles = new Singles(flow, this.#objects);
    this.#pairs = new PairFinder(flow, this.#objects);
    this.#foreign = new ForeignStarts(flow);
  }

  /** What ends the operations in one of which a stack waits, and whether anything that is known to does. */
  waits(
    known: KnownStack,
    operations: readonly Operation[] | undefined,
  ): Pick<StackConfinement, "waits" | "isForItself" | "hasWayOut" | "isOpen" | "handsOver" | "isForeign"> {
    if (operations === undefined) return UNKNOWN_WAIT;
    const index = known.frames.findIndex((frame) => frame !== undefined);
    const walk = new StackWalk(this.#flow, this.#owners, known);
    const isForItself = operations.every((one) => isOwedBySelf(this.#flow, walk, known, index, one));
    return {
      waits: isForItself ? [] : this.#allNeeds(operations, index, known.frames[index], walk),
      isForItself,
      hasWayOut: operations.some((operation) => this.#awaited.isWayOut(operation)),
      isOpen: operations.some((operation) => this.#isOpen(operation)),
      handsOver: handsOver(this.#flow, operations),
      isForeign: operations.some((operation) => this.#awaited.isForeign(operation)),
    };
  }

  #allNeeds(
    operations: readonly Operation[],
    index: number,
    frame: KnownFrame | undefined,
    walk: StackWalk,
  ): readonly Need[] | undefined {
    const needs: Need[] = [];
    for (const operation of operations) {
      const found = this.#needs(operation, index, frame, walk);
      if (found === undefined) return undefined;
      for (const need of found) needs.push(need);
    }
    // Who only waits for a context that is never cancelled may live as long as the program.
    return needs.length === 0 && isForContext(operations) ? undefined : needs;
  }

  /** What a stack may still do for others; nothing through channels on which, as it waits on them, no other waits. */
  serves(stack: KnownStack, operations: readonly Operation[]): readonly Need[] {
    const innermost = stack.frames.findIndex((frame) => frame !== undefined);
    const walk = new StackWalk(this.#flow, this.#owners, stack);
    const coming = new Coming(this.#flow, walk, innermost, operations);
    const awaited = this.#awaitedValues(walk, innermost, operations);
    const needs = new Map<string, Need>();
    const add = (need: Need, value = "") =>
      needs.set(
        `${need.what} ${need.origin} ${need.owner?.kind} ${need.owner?.frame} ${need.owner?.field} ${need.isGivenUp === true} ${value}`,
        need,
      );
    for (const [index, frame] of stack.frames.entries()) {
      if (frame === undefined) continue;
      for (const need of this.#releases(frame)) add(need);
      for (const threat of this.#threatsFrom(frame, walk.running(index))) {
        const { what, at, root, path, isOwn, kind, isEnd } = threat;
        if (coming.parked.isOn(index, threat, kind) || coming.has(index, threat)) continue;
        const origin = isOwn ? "own" : walk.origin(index, root, path);
        const one = this.#singles.isOne(threat) ? this.#singles.valueOf(walk, index, threat, at) : undefined;
        const values = one === undefined ? "many" : oneOf(awaited, one);
        const owner = this.#ownerOf(frame, threat) ?? ownerAround(this.#flow, this.#objects, walk, index, threat);
        add({ what, origin, owner, values, isGivenUp: isEnd }, one);
      }
    }
    for (const need of this.#ofStart(stack)) add(need);
    return [...needs.values()];
  }

  /** What a call holds, and so may release. */
  #releases(frame: KnownFrame): readonly Need[] {
    return this.#demands
      .heldIn(frame.fn)
      .filter(({ line, endLine }) => line <= frame.line && frame.line <= endLine)
      .map(({ what, access }) => ({ what, origin: "any", owner: this.#ownerOf(frame, access), values: "many" }));
  }

  /** The places that a call may still come to. */
  #threatsFrom({ fn, line }: KnownFrame, running: Span | undefined): readonly AimedThreat[] {
    return this.#demands.threatsIn(fn).filter(({ at, scope, owed }) => {
      if (!this.#region(fn, line, scope).has(at, running)) return false;
      return owed === undefined || !isBehindWait(this.#flow, { fn, line }, at, owed);
    });
  }

  /** Names for what a stack waits for, see {@link Singles.valueOf}. */
  #awaitedValues(walk: StackWalk, index: number, operations: readonly Operation[]): ReadonlySet<string> {
    const valueOf = (operation: Operation) =>
      this.#singles.valueOf(walk, index, accessOfOperation(this.#flow, operation), operation.at);
    return new Set(operations.map(valueOf));
  }

  /** What a goroutine may do whose function has yet to begin, or is another package's. */
  #ofStart({ beginsAt, foreignBy }: KnownStack): readonly Need[] {
    const coming = beginsAt === undefined ? [] : this.#fromStart(beginsAt);
    return foreignBy === undefined ? coming : [...coming, ...this.#ofForeign(foreignBy)];
  }

  /** What a goroutine may do that has yet to begin: at most what may come in the function that started it. */
  #fromStart(start: KnownFrame): readonly Need[] {
    return this.#threatsFrom(start, undefined).map(({ what }) => ({ what, ...OF_ANYBODY }));
  }

  /** What a goroutine may do that runs a function of another package, whatever that has called of the program. */
  #ofForeign(by: KnownFrame | "unknown"): readonly Need[] {
    return this.#foreign.of(by).flatMap(({ fn, call, line, endLine }) => {
      const threats = this.#demands.threatsIn(fn).filter(({ at }) => call.start <= at.start && at.end <= call.end);
      const held = this.#demands.heldIn(fn).filter((one) => line <= one.line && one.line <= endLine);
      return [...threats, ...held].map(({ what }) => ({ what, ...OF_ANYBODY }));
    });
  }

  /** What the calls of a stack show of the fields through which others get at what is waited for. */
  pairs(stack: KnownStack): readonly Pair[] {
    return this.#pairs.of(new StackWalk(this.#flow, this.#owners, stack), stack.frames.length);
  }

  /** What a stack has taken, of that which others wait for. */
  holds(stack: KnownStack): readonly Hold[] {
    return holdsOf(stack, (fn) => this.#demands.heldIn(fn));
  }

  /** The object that has what an access of a call leads to, when it has that alone. */
  #ownerOf({ fn, index }: KnownFrame, access: Access): Owner | undefined {
    const owner = this.#objects.of(fn, access);
    return owner && { frame: index, ...owner };
  }

  #region(fn: Func, line: number, scope: Span | undefined): Region {
    const key = `${fn.id} ${line} ${scope?.start}`;
    let region = this.#regions.get(key);
    if (region === undefined) {
      region = new Region(this.#flow, fn, line, scope);
      this.#regions.set(key, region);
    }
    return region;
  }

  #needs(
    operation: Operation,
    index: number,
    frame: KnownFrame | undefined,
    walk: StackWalk,
  ): readonly Need[] | undefined {
    const { kind, operand, file, node, through } = operation;
    if (operand === undefined) return undefined;
    const sites = this.#awaited.sites(kind, operand, through.length === 0 ? walk.node(index, operand, node) : node);
    if (sites === undefined) return undefined;
    const origin = walk.originOf(index, file, operand, through);
    const access = accessOfOperation(this.#flow, operation);
    const owner = frame && this.#ownerOf(frame, access);
    const isOwnOfEach = this.#singles.isOwnOfEach(walk, index, access);
    const owed = owedBehind(this.#flow, operation);
    const needs: Need[] = [];
    for (const site of sites) {
      const { what, isAnytime, isBySignal } = this.#demands.of(site, kind, owed);
      if (isAnytime) return undefined;
      // Contexts are made of others, which calls further out have made.
      needs.push({
        what,
        origin: site.kind === "context" || sites.length > 1 ? "any" : origin,
        owner: site.kind === "context" ? undefined : owner,
        values: isOwnOfEach && (site.kind !== "context" || sites.length === 1) ? "one" : "many",
        isBySignal,
        isGivenUp: isBySignal && site.kind === "context",
      });
    }
    return needs;
  }

  /** Whether code that may run at any time ends it, on some of the values that it may be done on. */
  #isOpen({ kind, node }: Operation): boolean {
    if (kind === "lock") return false;
    for (const site of this.#flow.values.held(node)) {
      if (isAwaitable(site, kind) && this.#demands.of(site, kind).isOpen) return true;
    }
    return false;
  }
}

function oneOf(awaited: ReadonlySet<string>, value: string): Values {
  return awaited.has(value) ? "awaited" : "one";
}

import type { Hold, Need, Owner, StackConfinement } from "../../../core/analysis/confinement.ts";
import type { Func, Program } from "../program/model.ts";
import type { Span } from "../syntax/ast.ts";
import { type Access, accessOfOperation } from "./access.ts";
import { buildFlow } from "./buildFlow.ts";
import { addTo, type Flow, type Operation } from "./flow.ts";
import { heldLines, type HeldLines } from "./holding.ts";
import { type Aimed, holdsOf } from "./holds.ts";
import { ENDS, isAwaitable } from "./ends.ts";
import type { OperationKind } from "./operationKind.ts";
import { Owners } from "./owners.ts";
import { Parked } from "./parked.ts";
import { Region } from "./region.ts";
import { type KnownFrame, knownStack, type KnownStack, type PlacedStack } from "./knownStack.ts";
import { StackWalk } from "./stackWalk.ts";
import type { Threat } from "./threat.ts";
import { ThreatFinder } from "./threats.ts";
import type { Site, SiteKind } from "./values.ts";
import { Budget } from "./visits.ts";
import { operationsWaitedIn } from "./waitedIn.ts";

/** A thing that some goroutine waits for, and from where it may still be done. */
interface Demand {
  readonly what: number;
  readonly isAnytime: boolean;
  readonly isOpen: boolean;
  readonly threats: readonly Threat[];
  /** Of a lock or a slot whose holders the lines tell. */
  readonly held: readonly HeldLines[];
}

/** Nobody waits for these: they are other values of a variable that may have any. */
const NOT_WAITED_FOR: ReadonlySet<SiteKind> = new Set(["background", "object", "function", "bound"]);

/** Contexts made one of the other. */
const MAX_PARENTS = 20;

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
  const waits = known.map((stack, index) => confined.waits(stack, operations[index]));
  return known.map((stack, index) => {
    const parked = new Parked(flow, operations[index] ?? []);
    return { ...waits[index]!, serves: confined.serves(stack, parked), holds: confined.holds(stack) };
  });
}

class Confinement {
  readonly #flow: Flow;
  /** For whether calls make their own values; the places it finds are not used. */
  readonly #owners: ThreatFinder;
  readonly #budget = new Budget(MAX_VISITS);
  readonly #demands = new Map<string, Demand>();
  readonly #threats = new Map<Func, Aimed<Threat & { readonly kind: OperationKind }>[]>();
  readonly #held = new Map<Func, Aimed<HeldLines>[]>();
  readonly #objects: Owners;
  readonly #regions = new Map<string, Region>();

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#owners = new ThreatFinder(flow, this.#budget);
    this.#objects = new Owners(flow);
  }

  /** What ends the operations in one of which a stack waits, and whether anything that is known to does. */
  waits(known: KnownStack, operations: readonly Operation[] | undefined): Omit<StackConfinement, "serves" | "holds"> {
    if (operations === undefined) return { waits: undefined, hasWayOut: true, isOpen: false };
    return {
      waits: this.#allNeeds(operations, known),
      hasWayOut: operations.some((operation) => this.#isWayOut(operation)),
      isOpen: operations.some((operation) => this.#isOpen(operation)),
    };
  }

  #allNeeds(operations: readonly Operation[], known: KnownStack): readonly Need[] | undefined {
    const index = known.frames.findIndex((frame) => frame !== undefined);
    const walk = new StackWalk(this.#flow, this.#owners, known);
    const needs: Need[] = [];
    for (const operation of operations) {
      const found = this.#needs(operation, index, known.frames[index], walk);
      if (found === undefined) return undefined;
      for (const need of found) needs.push(need);
    }
    return needs;
  }

  /** What a stack may still do for others; nothing through channels on which, as it waits on them, no other waits. */
  serves(stack: KnownStack, parked: Parked): readonly Need[] {
    const innermost = stack.frames.findIndex((frame) => frame !== undefined);
    const walk = new StackWalk(this.#flow, this.#owners, stack);
    const needs = new Map<string, Need>();
    const add = (need: Need) => needs.set(`${need.what} ${need.origin} ${need.owner?.kind} ${need.owner?.frame}`, need);
    for (const [index, frame] of stack.frames.entries()) {
      if (frame === undefined) continue;
      const { fn, line } = frame;
      const running = walk.running(index);
      for (const { what, line: first, endLine, access } of this.#held.get(fn) ?? []) {
        if (first <= line && line <= endLine) add({ what, origin: "any", owner: this.#ownerOf(frame, access) });
      }
      for (const threat of this.#threats.get(fn) ?? []) {
        const { what, at, root, path, isOwn, scope } = threat;
        if (index === innermost && (parked.isOn(threat, threat.kind) || parked.isReceived(threat))) continue;
        if (!this.#region(fn, line, scope).has(at, running)) continue;
        const origin = isOwn ? "own" : walk.origin(index, root, path);
        add({ what, origin, owner: this.#ownerOf(frame, threat) });
      }
    }
    if (stack.beginsAt !== undefined) this.#fromStart(stack.beginsAt).forEach(add);
    return [...needs.values()];
  }

  /** What a goroutine may do that has yet to begin: at most what may come in the function that started it. */
  #fromStart({ fn, line }: KnownFrame): readonly Need[] {
    const coming = (this.#threats.get(fn) ?? []).filter(({ at, scope }) => this.#region(fn, line, scope).has(at));
    return coming.map(({ what }) => ({ what, origin: "any", owner: undefined }));
  }

  /** What a stack has taken, of that which others wait for. */
  holds(stack: KnownStack): readonly Hold[] {
    return holdsOf(stack, (fn) => this.#held.get(fn) ?? []);
  }

  /** The object that has what an access of a call leads to, when it has that alone. */
  #ownerOf({ fn, index }: KnownFrame, access: Access): Owner | undefined {
    const kind = this.#objects.kind(fn, access);
    return kind === undefined ? undefined : { frame: index, kind };
  }

  #region(fn: Func, line: number, scope: Span | undefined): Region {
    const key = `${fn.id} ${line} ${scope?.start}`;
    let region = this.#regions.get(key);
    if (region === undefined) {
      region = new Region(fn, line, scope);
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
    const sites = this.#awaited(kind, through.length === 0 ? walk.node(index, operand, node) : node);
    if (sites === undefined) return undefined;
    const origin = walk.originOf(index, file, operand, through);
    const owner = frame && this.#ownerOf(frame, accessOfOperation(this.#flow, operation));
    const needs: Need[] = [];
    for (const site of sites) {
      const { what, isAnytime } = this.#demand(site, kind);
      if (isAnytime) return undefined;
      // Contexts are made of others, which calls further out have made.
      needs.push({
        what,
        origin: site.kind === "context" || sites.length > 1 ? "any" : origin,
        owner: site.kind === "context" ? undefined : owner,
      });
    }
    return needs;
  }

  /** Whether time, code outside of the program, a cancel or a close that the program has may end a receive. */
  #isWayOut({ kind, node }: Operation): boolean {
    if (kind !== "receive") return false;
    for (const site of this.#flow.values.held(node)) {
      if (site.kind === "unknown") return true;
      if (site.kind === "channel" && this.#isClosed(site)) return true;
      const contexts = site.kind === "context" ? this.#withParents(site, []) : [];
      if (contexts === undefined || contexts.some((one) => this.#mayHappen(one))) return true;
    }
    return false;
  }

  /** Whether code that may run at any time ends it, on some of the values that it may be done on. */
  #isOpen({ kind, node }: Operation): boolean {
    if (kind === "lock") return false;
    for (const site of this.#flow.values.held(node)) {
      if (isAwaitable(site, kind) && this.#demand(site, kind).isOpen) return true;
    }
    return false;
  }

  #isClosed(site: Site): boolean {
    return this.#flow.operations.some(({ kind, node }) => kind === "close" && this.#flow.values.held(node).has(site));
  }

  #mayHappen(context: Site): boolean {
    const { isAnytime, threats } = this.#demand(context, "receive");
    return isAnytime || threats.length > 0;
  }

  /** What is waited for at a node: undefined when it is not known, or not the program's own. */
  #awaited(kind: OperationKind, node: number): readonly Site[] | undefined {
    const { values } = this.#flow;
    const sites: Site[] = [];
    const held = values.held(node);
    for (const site of held) {
      if (site.kind === "unknown") return undefined;
      if (site.kind === "context" && kind === "receive") {
        const all = this.#withParents(site, []);
        if (all === undefined) return undefined;
        for (const one of all) sites.push(one);
      } else if (isAwaitable(site, kind)) {
        // Whoever has it outside may do anything with it.
        if (values.held(values.outside).has(site)) return undefined;
        sites.push(site);
      } else if (!NOT_WAITED_FOR.has(site.kind)) return undefined;
    }
    // Nothing ends the context that is made first.
    const isNever = [...held].some(({ kind: made }) => made === "background");
    return sites.length === 0 && !isNever ? undefined : [...new Set(sites)];
  }

  /** A context is done when one it was made of is. */
  #withParents(site: Site, known: readonly Site[]): readonly Site[] | undefined {
    if (known.includes(site)) return known;
    if (known.length > MAX_PARENTS) return undefined;
    let all: readonly Site[] = [...known, site];
    for (const parent of this.#flow.values.held(site.parent ?? this.#flow.values.outside)) {
      if (parent.kind === "unknown") return undefined;
      if (parent.kind !== "context") continue;
      const more = this.#withParents(parent, all);
      if (more === undefined) return undefined;
      all = more;
    }
    return all;
  }

  #demand(site: Site, kind: OperationKind): Demand {
    const key = `${site.id} ${kind}`;
    let demand = this.#demands.get(key);
    if (demand === undefined) {
      demand = this.#newDemand(site, kind, this.#demands.size);
      this.#demands.set(key, demand);
      const { what } = demand;
      for (const threat of demand.threats) addTo(this.#threats, threat.fn, { ...threat, what, kind });
      for (const lines of demand.held) addTo(this.#held, lines.fn, { ...lines, what });
    }
    return demand;
  }

  #newDemand(site: Site, kind: OperationKind, what: number): Demand {
    const held = heldLines(this.#flow, site, kind);
    if (held !== undefined) return { what, isAnytime: false, isOpen: false, threats: [], held };
    const ends = ENDS.get(kind) ?? [];
    const operations = this.#flow.operations.filter(
      (operation) => ends.includes(operation.kind) && this.#isOn(operation, site),
    );
    const { isAnytime, isOpen, places } = new ThreatFinder(this.#flow, this.#budget).find(operations, {
      key: `s${site.id}`,
      is: (one) => one === site || this.#isFunctionOf(one, site),
    });
    return { what, isAnytime: isAnytime || this.#isCancelGiven(site), isOpen, threats: places, held: [] };
  }

  /** Whether calling it does something to what a site makes. */
  #isFunctionOf({ kind, parent }: Site, site: Site): boolean {
    if (kind === "cancel") return parent === site.id;
    return kind === "bound" && parent !== undefined && this.#flow.values.held(parent).has(site);
  }

  #isOn({ kind, node }: Operation, site: Site): boolean {
    const held = this.#flow.values.held(node);
    if (kind !== "cancel") return held.has(site);
    for (const one of held) if (one.kind === "cancel" && one.parent === site.id) return true;
    return false;
  }

  /** Whether code outside of the program has the context's cancel function. */
  #isCancelGiven({ id }: Site): boolean {
    for (const one of this.#flow.values.held(this.#flow.values.outside)) {
      if (one.kind === "cancel" && one.parent === id) return true;
    }
    return false;
  }
}

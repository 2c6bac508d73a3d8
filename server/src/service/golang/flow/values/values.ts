import type { Func, NamedType } from "../../program/model.ts";
import type { Span } from "../../syntax/ast.ts";
import type { OperationKind } from "./operationKind.ts";

/** What can be waited for, or lead to it: made at one place of the source. */
export type SiteKind =
  | "channel"
  | "mutex"
  | "waitGroup"
  | "cond"
  | "once"
  /** `semaphore.NewWeighted` */
  | "semaphore"
  /** A context with a cancel function, and that function. */
  | "context"
  | "cancel"
  /** A context that nothing ends: `context.Background()`. */
  | "background"
  /** Both ends of an `io.Pipe`, and what reads from them or writes to them. */
  | "pipe"
  /** A function or a method bound to its receiver. */
  | "function"
  /** A method that does something to a lock, WaitGroup or the like, bound to it: `wg.Done`. */
  | "bound"
  /** A value of a type of the program. */
  | "object"
  /** Made outside of the program, or by time. */
  | "unknown";

/** A place of the source that makes values. */
export interface Site {
  readonly id: number;
  readonly kind: SiteKind;
  /** Undefined: at package level, in a type's declaration, or outside of the program. */
  readonly fn: Func | undefined;
  readonly at: Span | undefined;
  /** Of a `function`. */
  readonly target?: Func;
  /** Of an `object`. */
  readonly type?: NamedType;
  /** Of a `context`: the node of its parent; of a `cancel`: the context's site; of a `bound`: the node of what it is bound to. */
  readonly parent?: number;
  /** Of a `bound`: what it does. */
  readonly operation?: OperationKind;
  /** Of a `context`: a signal to the program ends it. */
  readonly isBySignal?: boolean;
}

/** Constraints and values beyond this make a program too large to be analysed. */
const MAX_STEPS = 4_000_000;

/** What is kept where: nodes are variables, fields, elements; a node has the sites whose values it may hold. */
export class Values {
  readonly sites: Site[] = [];
  /** The node of all that is outside of the program. */
  readonly outside: number;
  readonly #held: Set<Site>[] = [];
  readonly #targets: Set<number>[] = [];
  /** The node of the elements that a container's node holds; containers that may be one share it. */
  readonly #elements: (number | undefined)[] = [];
  /** Nodes whose containers may be the same. */
  readonly #neighbours = new Map<number, number[]>();
  /** Nodes from which values leave the program: outside itself is one. */
  readonly #exits: Set<number>;
  /** Nodes that take from outside, or give to exits: their elements do as well. */
  readonly #fromOutside = new Set<number>();
  readonly #toExits = new Map<number, number[]>();
  readonly #work: [node: number, site: Site][] = [];
  #steps = 0;

  constructor() {
    this.outside = this.node();
    this.#exits = new Set([this.outside]);
    this.#elements[this.outside] = this.outside;
    this.hold(this.outside, this.site({ kind: "unknown", fn: undefined, at: undefined }));
  }

  /** Whether the program was too large: then the answers are incomplete. */
  get isExhausted(): boolean {
    return this.#steps > MAX_STEPS;
  }

  node(): number {
    this.#held.push(new Set());
    this.#targets.push(new Set());
    return this.#held.length - 1;
  }

  /** A node from which values leave the program, and the elements of containers with them. */
  exit(): number {
    const node = this.node();
    this.#exits.add(node);
    return node;
  }

  site(site: Omit<Site, "id">): Site {
    const made = { id: this.sites.length, ...site };
    this.sites.push(made);
    return made;
  }

  /** The node holds values of that site. */
  hold(node: number, site: Site): void {
    if (this.#held[node]!.has(site)) return;
    this.#held[node]!.add(site);
    this.#work.push([node, site]);
  }

  /** What `from` holds, `to` may hold as well. Undefined: nothing that matters. */
  flow(from: number | undefined, to: number | undefined): void {
    if (from === undefined || to === undefined || from === to || this.#targets[from]!.has(to)) return;
    this.#steps++;
    this.#targets[from]!.add(to);
    for (const site of this.#held[from]!) this.hold(to, site);
    this.#shareElements(from, to);
  }

  /** The node of the elements of what a node holds. */
  elementOf(node: number): number {
    const known = this.#elements[node];
    if (known !== undefined) return known;
    // All that may be the same container, in both directions.
    const element = this.node();
    this.#setElement(node, element);
    return element;
  }

  /** Whether values go straight from one to the other. */
  isLinked(a: number, b: number): boolean {
    return this.#targets[a]!.has(b) || this.#targets[b]!.has(a);
  }

  held(node: number): ReadonlySet<Site> {
    return this.#held[node]!;
  }

  /** Lets all values flow. `onArrival` is told of functions as they arrive at nodes, and may add constraints. */
  solve(onArrival: (node: number, site: Site) => void): void {
    for (let next = this.#work.pop(); next !== undefined && !this.isExhausted; next = this.#work.pop()) {
      const [node, site] = next;
      this.#steps++;
      for (const target of this.#targets[node]!) this.hold(target, site);
      onArrival(node, site);
    }
  }

  #shareElements(from: number, to: number): void {
    if (from === this.outside || this.#exits.has(to)) return this.#exchange(from, to);
    append(this.#neighbours, from, to);
    append(this.#neighbours, to, from);
    const [a, b] = [this.#elements[from], this.#elements[to]];
    if (a !== undefined && b !== undefined) {
      this.flow(a, b);
      this.flow(b, a);
    } else if (a !== undefined) this.#setElement(to, a);
    else if (b !== undefined) this.#setElement(from, b);
  }

  #exchange(from: number, to: number): void {
    const isInward = from === this.outside;
    if (isInward) this.#fromOutside.add(to);
    else append(this.#toExits, from, to);
    const element = this.#elements[isInward ? to : from];
    if (element === undefined) return;
    if (isInward) this.flow(from, element);
    else this.flow(element, to);
  }

  /** Gives the node and those that may hold the same container the node of their elements. */
  #setElement(node: number, element: number): void {
    const open = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (this.#elements[next] !== undefined) {
        if (this.#elements[next] !== element) this.#join(this.#elements[next]!, element);
        continue;
      }
      this.#elements[next] = element;
      if (this.#fromOutside.has(next)) this.flow(this.outside, element);
      for (const exit of this.#toExits.get(next) ?? []) this.flow(element, exit);
      for (const neighbour of this.#neighbours.get(next) ?? []) open.push(neighbour);
    }
  }

  #join(a: number, b: number): void {
    this.flow(a, b);
    this.flow(b, a);
  }
}

function append(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

import type { Expression } from "../../syntax/ast.ts";
import { isDone } from "../values/access.ts";
import type { Demands } from "./demands.ts";
import { isAwaitable } from "./ends.ts";
import type { Flow, Operation } from "../values/flow.ts";
import type { OperationKind } from "../values/operationKind.ts";
import type { Site, SiteKind } from "../values/values.ts";

/** Nobody waits for these: they are other values of a variable that may have any. */
const NOT_WAITED_FOR: ReadonlySet<SiteKind> = new Set(["background", "object", "function", "bound", "cancel"]);

/** Contexts made one of the other. */
const MAX_PARENTS = 20;

/** What operations wait for. */
export class Awaited {
  readonly #flow: Flow;
  readonly #demands: Demands;

  constructor(flow: Flow, demands: Demands) {
    this.#flow = flow;
    this.#demands = demands;
  }

  /** Whether time, code outside of the program, a cancel or a close that the program has may end a receive. */
  isWayOut({ kind, node }: Operation): boolean {
    if (kind !== "receive") return false;
    for (const site of this.#flow.values.held(node)) {
      if (site.kind === "unknown") return true;
      if (site.kind === "channel" && this.#isClosed(site)) return true;
      const contexts = site.kind === "context" ? this.#withParents(site, []) : [];
      if (contexts === undefined || contexts.some((one) => this.#mayHappen(one))) return true;
    }
    return false;
  }

  /** Whether a receive is of nothing that the program has made: of a ticker's channel, say. */
  isForeign({ kind, node }: Operation): boolean {
    const held = this.#flow.values.held(node);
    return kind === "receive" && held.size > 0 && [...held].every((site) => site.kind === "unknown");
  }

  #isClosed(site: Site): boolean {
    return this.#flow.operations.some(({ kind, node }) => kind === "close" && this.#flow.values.held(node).has(site));
  }

  #mayHappen(context: Site): boolean {
    const { isAnytime, isBySignal, threats } = this.#demands.of(context, "receive");
    return isAnytime || isBySignal || threats.length > 0;
  }

  /** What is waited for at a node: undefined when it is not known, or not the program's own. */
  sites(kind: OperationKind, operand: Expression, node: number): readonly Site[] | undefined {
    const { values } = this.#flow;
    const sites: Site[] = [];
    const held = values.held(node);
    for (const site of held) {
      if (site.kind === "unknown" || (site.kind === "object" && isDone(operand))) return undefined;
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

  /**
   * A context is done when one it was made of is. Undefined when that is not known, as of a type of the program that has a
   * `Done` of its own or of what it embeds.
   */
  #withParents(site: Site, known: readonly Site[]): readonly Site[] | undefined {
    if (known.includes(site)) return known;
    if (known.length > MAX_PARENTS) return undefined;
    let all: readonly Site[] = [...known, site];
    for (const parent of this.#flow.values.held(site.parent ?? this.#flow.values.outside)) {
      if (parent.kind === "unknown" || parent.kind === "object") return undefined;
      if (parent.kind !== "context") continue;
      const more = this.#withParents(parent, all);
      if (more === undefined) return undefined;
      all = more;
    }
    return all;
  }
}

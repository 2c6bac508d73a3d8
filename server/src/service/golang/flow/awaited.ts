import type { Expression } from "../syntax/ast.ts";
import { isDone } from "./access.ts";
import { isAwaitable } from "./ends.ts";
import type { Flow, Operation } from "./flow.ts";
import type { OperationKind } from "./operationKind.ts";
import type { Site, SiteKind } from "./values.ts";

/** Nobody waits for these: they are other values of a variable that may have any. */
const NOT_WAITED_FOR: ReadonlySet<SiteKind> = new Set(["background", "object", "function", "bound"]);

/** Contexts made one of the other. */
const MAX_PARENTS = 20;

/** What is waited for at a node: undefined when it is not known, or not the program's own. */
export function awaitedSites(
  flow: Flow,
  kind: OperationKind,
  operand: Expression,
  node: number,
): readonly Site[] | undefined {
  const { values } = flow;
  const sites: Site[] = [];
  const held = values.held(node);
  for (const site of held) {
    if (site.kind === "unknown" || (site.kind === "object" && isDone(operand))) return undefined;
    if (site.kind === "context" && kind === "receive") {
      const all = withParents(flow, site);
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
 * A context is done when one it was made of is. Undefined when that is not known, as of a type of the program that has a `Done`
 * of its own or of what it embeds.
 */
export function withParents(flow: Flow, site: Site, known: readonly Site[] = []): readonly Site[] | undefined {
  if (known.includes(site)) return known;
  if (known.length > MAX_PARENTS) return undefined;
  let all: readonly Site[] = [...known, site];
  for (const parent of flow.values.held(site.parent ?? flow.values.outside)) {
    if (parent.kind === "unknown" || parent.kind === "object") return undefined;
    if (parent.kind !== "context") continue;
    const more = withParents(flow, parent, all);
    if (more === undefined) return undefined;
    all = more;
  }
  return all;
}

/** Whether a receive is of nothing that the program has made: of a ticker's channel, say. */
export function isForeign(flow: Flow, { kind, node }: Operation): boolean {
  const held = flow.values.held(node);
  return kind === "receive" && held.size > 0 && [...held].every((site) => site.kind === "unknown");
}

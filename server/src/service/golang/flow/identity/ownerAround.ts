import type { Owner } from "../../../../core/analysis/confinement.ts";
import { type Access, accessOf } from "../values/access.ts";
import type { Flow } from "../values/flow.ts";
import { isPointerReceiver, type Owners } from "./owners.ts";
import type { StackWalk } from "../stacks/stackWalk.ts";

/**
 * Whose call of a method made what a function literal in it has: the literal is amid a call of another method of the same
 * receiver, `go func() { defer wg.Done(); s.fetch(page) }()`, which shows the receiver's address. Calls of a method with
 * different receivers are different calls, and have different variables.
 */
export function ownerAround(
  flow: Flow,
  objects: Owners,
  walk: StackWalk,
  index: number,
  access: Pick<Access, "root" | "path">,
): Owner | undefined {
  const method = access.root?.fn;
  const [inner, site] = [walk.frame(index - 1), walk.runningSite(index)];
  if (method === undefined || walk.frame(index)?.fn.parent !== method || inner === undefined) return undefined;
  if (site?.receiver === undefined || !isPointerReceiver(inner.fn, inner.fn.receiver)) return undefined;
  const { root, path } = accessOf(flow, site.file, site.receiver, site.through);
  const owner = path.length === 0 && isPointerReceiver(method, root) ? objects.of(method, access) : undefined;
  return owner === undefined || owner.field !== undefined ? undefined : { frame: inner.index, ...owner };
}

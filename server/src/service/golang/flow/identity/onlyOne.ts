import type { Func, NamedType } from "../../program/model.ts";
import type { Span } from "../../syntax/ast.ts";
import type { Flow } from "../values/flow.ts";
import { loopsAround } from "../values/givenOnce.ts";
import { contains, isGoto } from "../control/region.ts";

/** Calls from main to what makes the object that are followed. */
const MAX_CALLS = 6;

/** Whether the program has but one object of a type: made at one place, to which main comes once. */
export function isOnlyObject(flow: Flow, type: NamedType): boolean {
  const [site, ...others] = flow.values.sites.filter((one) => one.kind === "object" && one.type === type);
  if (site?.at === undefined || others.length > 0 || flow.objects.isCopied(type)) return false;
  return runsOnce(flow, site.fn, site.at, 0);
}

/** Whether control comes to a place but once; `fn` undefined: where a package is initialised. */
function runsOnce(flow: Flow, fn: Func | undefined, at: Span, depth: number): boolean {
  if (fn === undefined) return true;
  if (depth > MAX_CALLS || loopsAround(fn.body, at).length > 0 || contains(fn.body, isGoto)) return false;
  const sites = flow.callersOf.get(fn) ?? [];
  if (isMain(fn)) return sites.length === 0;
  const [site, ...others] = sites;
  if (site === undefined || others.length > 0 || site.isCallback || flow.roots.has(fn)) return false;
  return runsOnce(flow, site.fn, site.call, depth + 1);
}

function isMain({ name, file, declaration }: Func): boolean {
  return declaration !== undefined && name === "main" && file.package.name === "main";
}

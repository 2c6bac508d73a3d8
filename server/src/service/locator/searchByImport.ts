import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Candidate, Attempt, SearchRequest } from "./candidate.ts";
import { NOT_APPLICABLE } from "./candidate.ts";
import type { FileTree } from "./fileTree.ts";
import { isStandardFunction } from "./frameTarget.ts";
import { endsWithSegments } from "./framePath.ts";
import type { GoInstall } from "./goInstall.ts";
import { importPlaces, type ImportPlace } from "./importPlaces.ts";
import { escapeModule, importPathBelow } from "./modulePath.ts";
import type { WorkspaceModules } from "./workspaceModules.ts";

/** What the search by import path looks into. */
export interface ImportSearchContext {
  readonly tree: FileTree;
  readonly install: GoInstall;
  readonly modules: WorkspaceModules;
  readonly vendorFolders: readonly string[];
}

/**
 * Finds a file by the import path of its package: in the modules of the workspace, in their `vendor` folders, in the
 * module cache. When the path names a version, the cache holds the very file and comes first, unless the workspace
 * replaces the module: `-trimpath` writes the version of a replaced module too.
 */
export async function* searchByImport(context: ImportSearchContext, request: SearchRequest): AsyncGenerator<Attempt> {
  for (const place of importPlaces(request.target, request.frames)) {
    const isReplaced = context.modules.holding(place.importPath).some(({ isReplacement }) => isReplacement);
    const cacheFirst = place.exact !== undefined && !(isReplaced && request.target.path.kind === "relative");
    const searches = [searchModules, searchVendor, searchCache];
    for (const search of cacheFirst ? searches.reverse() : searches) yield await search(context, request, place);
  }
}

/** The modules of the workspace: those with the longest path that have the file; more than one are copies. */
async function searchModules(
  { tree, modules }: ImportSearchContext,
  { target }: SearchRequest,
  { importPath, isCertain }: ImportPlace,
): Promise<Attempt> {
  const holding = modules.holding(importPath);
  const candidates: Candidate[] = [];
  let longest = 0;
  for (const module of holding) {
    if (module.path.length < longest) break;
    const rest = importPathBelow(importPath, module.path) ?? [];
    const found = await tree.find(module.folder, [...rest, target.base]);
    const fitsPath = endsWithSegments(target.folder, rest) && (rest.length > 0 || !target.name.isPart);
    if (!found) continue;
    longest = module.path.length;
    candidates.push({ uri: found.uri, how: module.how, isFirm: found.sameCase && (isCertain || fitsPath) });
  }
  if (isStandardFunction(target)) return { candidates, tried: undefined };
  if (holding.length === 0)
    return { candidates, tried: words(say`No module of the workspace holds the package ${importPath}.`) };
  const paths = holding.map(({ path }) => path).join(", ");
  return {
    candidates,
    tried: words(say`The module ${paths} of the workspace has no ${target.base} in the package ${importPath}.`),
  };
}

async function searchVendor(
  { tree, vendorFolders }: ImportSearchContext,
  { target }: SearchRequest,
  { importPath, isCertain }: ImportPlace,
): Promise<Attempt> {
  const candidates: Candidate[] = [];
  for (const folder of vendorFolders) {
    const found = await tree.find(folder, [...importPath.split("/"), target.base]);
    if (found) candidates.push({ uri: found.uri, how: words(say`vendor folder`), isFirm: isCertain && found.sameCase });
  }
  return { candidates, tried: undefined };
}

async function searchCache(
  { tree, install, modules }: ImportSearchContext,
  { target }: SearchRequest,
  { importPath, exact, isCertain }: ImportPlace,
): Promise<Attempt> {
  const required = modules.requiredFor(importPath);
  if (!exact && required.length === 0) return NOT_APPLICABLE;
  const cache = await install.moduleCache();
  if (cache === undefined) return { candidates: [], tried: words(say`The folder of Go's module cache is not known.`) };
  const names = exact
    ? [{ name: `${exact.module}@${exact.version}`, rest: exact.rest }]
    : required.map(({ module, cachePath, version }) => ({
        name: `${cachePath}@${version}`,
        rest: [...(importPathBelow(importPath, module) ?? []), target.base],
      }));
  const candidates: Candidate[] = [];
  for (const { name, rest } of names) {
    const found = await tree.find(cache, [...escapeModule(name).split("/"), ...rest]);
    if (found)
      candidates.push({ uri: found.uri, how: words(say`module cache, ${name}`), isFirm: isCertain && found.sameCase });
    if (found) break;
  }
  return { candidates, tried: words(say`The module cache has no ${names.map(({ name }) => name).join(", ")}.`) };
}

import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Candidate, Attempt, SearchRequest } from "./candidate.ts";
import { NOT_APPLICABLE } from "./candidate.ts";
import { joinUri, type FileTree } from "./fileTree.ts";
import { isStandardFunction } from "./frameTarget.ts";
import { endsWithSegments } from "./framePath.ts";
import type { GoInstall } from "./goInstall.ts";
import { importPlaces, type ImportPlace } from "./importPlaces.ts";
import { escapeModule, importPathBelow, unescapeModule } from "./modulePath.ts";
import type { WorkspaceModules } from "./workspaceModules.ts";

/** Versions of a module that are looked into for a file of another one. */
const MAX_VERSIONS = 10;

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
  { importPath, exact, isCertain }: ImportPlace,
): Promise<Attempt> {
  const candidates: Candidate[] = [];
  for (const folder of vendorFolders) {
    const found = await tree.find(folder, [...importPath.split("/"), target.base]);
    if (!found) continue;
    const version = exact && vendoredVersion((await tree.read(joinUri(folder, ["modules.txt"]))) ?? "", exact.module);
    const how = words(say`vendor folder`);
    candidates.push({ uri: found.uri, how, isFirm: isCertain && found.sameCase, ...otherVersion(exact, version) });
  }
  return { candidates, tried: undefined };
}

/** The version of a module as `vendor/modules.txt` has it; undefined when it does not tell, or the module is replaced. */
function vendoredVersion(modules: string, module: string): string | undefined {
  const line = modules.split("\n").find((each) => each.startsWith(`# ${module} v`));
  const [version, ...more] =
    line
      ?.slice(module.length + 3)
      .trim()
      .split(" ") ?? [];
  return more.length === 0 ? version : undefined;
}

function otherVersion(exact: ImportPlace["exact"], found: string | undefined): Pick<Candidate, "otherVersion"> {
  if (!exact || found === undefined || found === exact.version) return {};
  return { otherVersion: { module: exact.module, wanted: exact.version, found } };
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

/**
 * Finds a file whose version is not at hand in the versions of its module that are: the one that the workspace asks for, or
 * else the one with the most numbers in common. Only when all else has failed.
 */
export async function searchOtherVersions(
  { tree, install, modules }: ImportSearchContext,
  { target, frames }: SearchRequest,
): Promise<Attempt> {
  const exact = importPlaces(target, frames).find((place) => place.exact !== undefined)?.exact;
  const cache = exact && (await install.moduleCache());
  if (!exact || cache === undefined) return NOT_APPLICABLE;
  const segments = escapeModule(exact.module).split("/");
  const beginning = `${segments.pop()}@`;
  const folder = segments.length === 0 ? cache : joinUri(cache, segments);
  const required = modules.requiredFor(exact.module).map(({ version }) => version);
  const versions = (await tree.folders(folder))
    .filter((name) => name.startsWith(beginning))
    .map((name) => unescapeModule(name.slice(beginning.length)))
    .sort((a, b) => rankOf(b, exact.version, required) - rankOf(a, exact.version, required) || (a < b ? 1 : -1));
  for (const version of versions.slice(0, MAX_VERSIONS)) {
    const found = await tree.find(folder, [`${beginning}${escapeModule(version)}`, ...exact.rest]);
    if (!found) continue;
    const how = words(say`module cache, ${`${exact.module}@${version}`}`);
    return { candidates: [{ uri: found.uri, how, isFirm: false, ...otherVersion(exact, version) }], tried: undefined };
  }
  return NOT_APPLICABLE;
}

/** How near a version is: first what is required, then how many of its numbers, from the first on, are the wanted ones. */
function rankOf(version: string, wanted: string, required: readonly string[]): number {
  const numbers = wanted.split(/[.-]/);
  const same = version.split(/[.-]/).findIndex((number, index) => number !== numbers[index]);
  return required.includes(version) ? Infinity : same < 0 ? numbers.length : same;
}

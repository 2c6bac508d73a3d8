import { parseGoMod } from "../golang/goMod.ts";
import { isBelow, joinUri, uriSegments } from "../locator/fileTree.ts";
import type { SourceFrame } from "../locator/located.ts";
import { type VersionHints, versionHints } from "./hints.ts";
import type { History } from "./history.ts";
import { fitPart, type FitRequest, type RepositoryFit } from "./partFit.ts";
import { fitProgram } from "./programFit.ts";
import { isProgram, PROGRAM, repositoryParts } from "./repositoryParts.ts";
import { type RepositoryModule, repositoryPaths } from "./repositoryPaths.ts";
import type { TodayPlace } from "./today.ts";

/** A text about a program names nothing of Go's. */
const NO_HINTS: VersionHints = { own: [], mentioned: new Set() };

/** What does not fit as it is today, each part by itself; fewer when it was cancelled. */
export async function fitRepository(history: History, request: FitRequest): Promise<readonly RepositoryFit[]> {
  const modules = await modulesIn(history.root, request);
  const paths = repositoryPaths([...request.today.keys()], modules, foundIn(history.root, request.today));
  const parts = repositoryParts(paths, modules, request.goVersion);
  const hints = versionHints(modules, request.text);
  const own = parts.find(isProgram) ?? { ...PROGRAM, frames: new Map<string, readonly SourceFrame[]>() };
  const program = await fitProgram(history, own, hints, request);
  const fits = program ? [program] : [];
  for (const part of parts) {
    if (part === own) continue;
    // What the user says is said of the program, unless there is nothing else.
    const isMeant = !part.isGo && parts.length === 1;
    const asked = isMeant ? request : { ...request, wanted: undefined };
    const fit = await fitPart(history, part, part.isGo ? NO_HINTS : hints, asked);
    if (fit) fits.push(fit);
  }
  return fits;
}

/** The modules that a repository holds. Of Go, its `src`: a distribution of Go within a repository has no tags there. */
async function modulesIn(root: string, { locator }: FitRequest): Promise<readonly RepositoryModule[]> {
  const modules: RepositoryModule[] = [];
  const known = (await locator.modules()).filter(({ folder }) => isBelow(folder, root));
  for (const { path, folder, isReplacement } of known) {
    const below = uriSegments(folder).slice(uriSegments(root).length);
    if (path !== "std" || below.join("/") === "src") modules.push({ path, folder: below, isReplacement });
  }
  if (modules.some(({ folder }) => folder.length === 0)) return modules;
  const text = await locator.read({ uri: joinUri(root, ["go.mod"]) });
  const path = text === undefined ? "" : parseGoMod(text).module;
  return path === "" ? modules : [...modules, { path, folder: [] }];
}

function foundIn(root: string, today: ReadonlyMap<SourceFrame, TodayPlace>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const depth = uriSegments(root).length;
  for (const [{ file }, place] of today) {
    if (!place.found || !isBelow(place.found.uri, root)) continue;
    found.set(file, uriSegments(place.found.uri).slice(depth));
  }
  return found;
}

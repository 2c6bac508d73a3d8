import type { CancellationToken, Clock } from "../base/ports.ts";
import { parseGoMod } from "../golang/goMod.ts";
import { isBelow, joinUri, uriSegments } from "../locator/fileTree.ts";
import type { SourceFrame } from "../locator/located.ts";
import type { SourceLocator } from "../locator/sourceLocator.ts";
import { isFitting } from "./fileFits.ts";
import { versionHints } from "./hints.ts";
import type { History, Revision } from "./history.ts";
import { type RepositoryModule, repositoryPaths } from "./repositoryPaths.ts";
import { type RevisionSearch, scoreRevision, searchRevision } from "./searchRevision.ts";
import type { TodayPlace } from "./today.ts";

/** Files of a repository that are compared, those with most frames. */
const MAX_FILES = 300;

/** Which revision of a repository a dump is of. */
export interface RepositoryFit extends RevisionSearch {
  readonly history: History;
  /** The dump's frames that are of the repository, with their files' paths in it when the program was built. */
  readonly paths: ReadonlyMap<SourceFrame, string>;
  /** How many of the frames fit the files as they are today. */
  readonly today: number;
  /** The revision that is read; undefined when none fits. */
  readonly revision: Revision | undefined;
}

/** What is known of a dump and of the sources around it. */
export interface FitRequest {
  readonly today: ReadonlyMap<SourceFrame, TodayPlace>;
  readonly goVersion: string | undefined;
  /** The beginning of the dump's text, which may name a version. */
  readonly text: string;
  /** Folders of the workspace. */
  readonly folders: readonly string[];
  readonly locator: SourceLocator;
  /** What the user says the program was built from. */
  readonly wanted: string | undefined;
  readonly token: CancellationToken;
  readonly clock: Pick<Clock, "now">;
}

/** Undefined: no frame is of the repository, its files fit as they are, or it was cancelled. */
export async function fitRepository(history: History, request: FitRequest): Promise<RepositoryFit | undefined> {
  const modules = await modulesIn(history.root, request);
  const frames = [...request.today.keys()];
  const paths = mostFrames(repositoryPaths(frames, modules, foundIn(history.root, request.today)));
  const own = [...paths.values()].flat();
  const today = own.filter((frame) => fitsToday(request.today.get(frame))).length;
  if (own.length === 0 || (today === own.length && request.wanted === undefined)) return undefined;
  const { own: names, mentioned } = versionHints(own, modules, request.text);
  const hints = await revisionsOf(history, names);
  const { goVersion, token, clock } = request;
  const search = { history, frames: paths, goVersion, hints, mentioned, token, clock };
  const wanted = request.wanted === undefined ? undefined : await history.find(request.wanted);
  const found = wanted ? await scoreRevision(search, wanted) : await searchRevision(search);
  if (!found) return undefined;
  // Files that no revision has were made by the build: without them today's may be all that is needed.
  if (today >= found.frames && wanted === undefined) return undefined;
  const revision = found.kind === "none" ? undefined : found.best[0]?.revision;
  const pathOf = new Map([...paths].flatMap(([path, inFile]) => inFile.map((frame) => [frame, path] as const)));
  return {
    ...found,
    history,
    paths: pathOf,
    today,
    revision,
  };
}

/** Whether nothing shows that a frame's source has changed since the program was built. */
function fitsToday(place: TodayPlace | undefined): boolean {
  return place?.found !== undefined && isFitting(place.drift);
}

async function modulesIn(root: string, { folders, locator }: FitRequest): Promise<readonly RepositoryModule[]> {
  const modules: RepositoryModule[] = [];
  for (const folder of new Set([root, ...folders.filter((each) => isBelow(each, root))])) {
    const text = await locator.read({ uri: joinUri(folder, ["go.mod"]) });
    const path = text === undefined ? "" : parseGoMod(text).module;
    if (path !== "") modules.push({ path, folder: uriSegments(folder).slice(uriSegments(root).length) });
  }
  return modules;
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

function mostFrames(paths: ReadonlyMap<string, readonly SourceFrame[]>): ReadonlyMap<string, readonly SourceFrame[]> {
  return new Map([...paths].sort(([, a], [, b]) => b.length - a.length).slice(0, MAX_FILES));
}

async function revisionsOf(history: History, names: readonly string[]): Promise<readonly Revision[]> {
  const found = await Promise.all(names.map((name) => history.find(name)));
  return found.filter((revision) => revision !== undefined);
}

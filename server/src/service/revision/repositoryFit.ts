import type { CancellationToken, Clock } from "../base/ports.ts";
import { parseGoMod } from "../golang/goMod.ts";
import { isBelow, joinUri, uriSegments } from "../locator/fileTree.ts";
import type { SourceFrame } from "../locator/located.ts";
import type { SourceLocator } from "../locator/sourceLocator.ts";
import { isFitting } from "./fileFits.ts";
import { type VersionHints, versionHints } from "./hints.ts";
import type { History, Revision } from "./history.ts";
import { type RepositoryPart, repositoryParts } from "./repositoryParts.ts";
import { type RepositoryModule, repositoryPaths } from "./repositoryPaths.ts";
import { type RevisionSearch, scoreRevision, searchRevision } from "./searchRevision.ts";
import type { TodayPlace } from "./today.ts";

/** Files of a repository that are compared, those with most frames. */
const MAX_FILES = 300;

/** Which revision of a repository a dump, or a part of its frames, is of. */
export interface RepositoryFit extends RevisionSearch {
  readonly history: History;
  /** The dump's frames that are of the repository, with their files' paths in it when the program was built. */
  readonly paths: ReadonlyMap<SourceFrame, string>;
  /** How many of the frames fit the files as they are today. */
  readonly today: number;
  /** The revision that is read; undefined when none fits. */
  readonly revision: Revision | undefined;
  /** Whether it is Go's own source. */
  readonly isGo: boolean;
  /** The version that the dump names for it and that the repository does not have; null: it has it, or none is named. */
  readonly lacks: string | null;
}

/** What is known of a dump and of the sources around it. */
export interface FitRequest {
  readonly today: ReadonlyMap<SourceFrame, TodayPlace>;
  readonly goVersion: string | undefined;
  /** The beginning of the dump's text, which may name a version. */
  readonly text: string;
  readonly locator: SourceLocator;
  /** What the user says the program was built from. */
  readonly wanted: string | undefined;
  readonly token: CancellationToken;
  readonly clock: Pick<Clock, "now">;
}

/** A text about a program names nothing of Go's. */
const NO_HINTS: VersionHints = { own: [], mentioned: new Set() };

/** What does not fit as it is today, each part by itself; fewer when it was cancelled. */
export async function fitRepository(history: History, request: FitRequest): Promise<readonly RepositoryFit[]> {
  const modules = await modulesIn(history.root, request);
  const paths = repositoryPaths([...request.today.keys()], modules, foundIn(history.root, request.today));
  const parts = repositoryParts(paths, modules, request.goVersion);
  const hints = versionHints(modules, request.text);
  const fits: RepositoryFit[] = [];
  for (const part of parts) {
    // What the user says is said of the program, unless there is nothing else.
    const isMeant = !part.isGo && (part.version === undefined || parts.length === 1);
    const asked = isMeant ? request : { ...request, wanted: undefined };
    const fit = await fitPart(history, part, part.isGo ? NO_HINTS : hints, asked);
    if (fit) fits.push(fit);
  }
  return fits;
}

/** Undefined: its files fit as they are, or it was cancelled. */
async function fitPart(
  history: History,
  { version, names, isGo, ...part }: RepositoryPart,
  { own: more, mentioned }: VersionHints,
  request: FitRequest,
): Promise<RepositoryFit | undefined> {
  const frames = mostFrames(part.frames);
  const own = [...frames.values()].flat();
  const today = own.filter((frame) => fitsToday(request.today.get(frame))).length;
  const named = await revisionsOf(history, names);
  if (today === own.length && request.wanted === undefined && named.length === 0) return undefined;
  const wanted = request.wanted === undefined ? undefined : await history.find(request.wanted);
  const hints = [...named, ...(await revisionsOf(history, more))];
  const { goVersion, token, clock } = request;
  // What has a version of its own is at no other tag.
  const search = { history, frames, goVersion, hints, mentioned, isVersioned: version !== undefined, token, clock };
  const found = await (wanted ? scoreRevision(search, wanted) : searchRevision(search));
  if (!found) return undefined;
  const revision = found.kind === "none" ? undefined : found.best[0]?.revision;
  const lacks = named.length === 0 ? (names[0] ?? null) : null;
  const isSaid = wanted !== undefined || named.some(({ commit }) => commit === revision?.commit);
  // Files that no revision has were made by the build: without them today's may be all that is needed.
  if (!isSaid && today >= (lacks === null ? found.frames : own.length)) return undefined;
  const paths = new Map([...frames].flatMap(([path, inFile]) => inFile.map((frame) => [frame, path] as const)));
  return { ...found, history, paths, today, revision, isGo, lacks };
}

/** Whether nothing shows that a frame's source has changed since the program was built. */
function fitsToday(place: TodayPlace | undefined): boolean {
  if (place?.found === undefined) return false;
  return isFitting(place.drift) && !(place.origin === "go" && place.found.otherVersion);
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

function mostFrames(paths: ReadonlyMap<string, readonly SourceFrame[]>): ReadonlyMap<string, readonly SourceFrame[]> {
  return new Map([...paths].sort(([, a], [, b]) => b.length - a.length).slice(0, MAX_FILES));
}

async function revisionsOf(history: History, names: readonly string[]): Promise<readonly Revision[]> {
  const found = await Promise.all(names.map((name) => history.find(name)));
  return found.filter((revision) => revision !== undefined);
}

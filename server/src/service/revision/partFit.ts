import type { CancellationToken, Clock } from "../base/ports.ts";
import type { SourceFrame } from "../locator/located.ts";
import type { SourceLocator } from "../locator/sourceLocator.ts";
import { isFitting } from "./fileFits.ts";
import type { VersionHints } from "./hints.ts";
import type { History, Revision } from "./history.ts";
import type { Layout } from "./layouts.ts";
import type { RepositoryPart } from "./repositoryParts.ts";
import { type RevisionRequest, type RevisionSearch, scoreRevision, searchRevision } from "./searchRevision.ts";
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
  /** Whether it is what the user says that was compared. */
  readonly isWanted: boolean;
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
  /** When the search is to end, by the clock. */
  readonly deadline: number;
}

/** A part whose files may be guessed to lie where it says. */
export type LaidOutPart = RepositoryPart & Partial<Pick<Layout, "guessed">>;

/** Undefined: its files fit as they are, or it was cancelled. */
export async function fitPart(
  history: History,
  part: LaidOutPart,
  { own: more, mentioned }: VersionHints,
  request: FitRequest,
): Promise<RepositoryFit | undefined> {
  const { names, isGo } = part;
  const frames = mostFrames(part.frames);
  const own = [...frames.values()].flat();
  const today = own.filter((frame) => fitsToday(request.today.get(frame))).length;
  const named = await revisionsOf(history, names);
  if (today === own.length && request.wanted === undefined && named.length === 0) return undefined;
  const wanted = request.wanted === undefined ? undefined : await history.find(request.wanted);
  const hints = [...named, ...(await revisionsOf(history, more))];
  const search = { history, frames, hints, mentioned, ...searchedSo(part, wanted), ...request };
  const found = await (wanted ? scoreRevision(search, wanted) : searchRevision(search));
  if (!found) return undefined;
  const revision = found.kind === "none" ? undefined : found.best[0]?.revision;
  const lacks = named.length === 0 ? (names[0] ?? null) : null;
  const isSaid = wanted !== undefined || named.some(({ commit }) => commit === revision?.commit);
  // Files that no revision has were made by the build: without them today's may be all that is needed.
  if (!isSaid && today >= (lacks === null ? found.frames : own.length)) return undefined;
  const paths = new Map([...frames].flatMap(([path, inFile]) => inFile.map((frame) => [frame, path] as const)));
  return { ...found, history, paths, today, revision, isGo, lacks, isWanted: wanted !== undefined };
}

/** What has a version of its own is at no other tag. Of the revision that the user names, a file that fits is the one. */
function searchedSo(
  { version, guessed }: LaidOutPart,
  wanted: Revision | undefined,
): Pick<RevisionRequest, "isVersioned" | "guessed"> {
  return { isVersioned: version !== undefined, ...(wanted === undefined && guessed && { guessed }) };
}

/** Whether nothing shows that a frame's source has changed since the program was built. */
function fitsToday(place: TodayPlace | undefined): boolean {
  if (place?.found === undefined) return false;
  return isFitting(place.drift) && !(place.origin === "go" && place.found.otherVersion);
}

function mostFrames(paths: ReadonlyMap<string, readonly SourceFrame[]>): ReadonlyMap<string, readonly SourceFrame[]> {
  return new Map([...paths].sort(([, a], [, b]) => b.length - a.length).slice(0, MAX_FILES));
}

/** Those of some names that the repository has. */
export async function revisionsOf(history: History, names: readonly string[]): Promise<readonly Revision[]> {
  const found = await Promise.all(names.map((name) => history.find(name)));
  return found.filter((revision) => revision !== undefined);
}

import { largest } from "../../core/lists.ts";
import { frameTarget, isStandardFunction } from "../locator/frameTarget.ts";
import type { SourceFrame } from "../locator/located.ts";
import { versionedPath } from "../locator/modulePath.ts";
import type { VersionHints } from "./hints.ts";
import type { History, Revision } from "./history.ts";
import { olderLayouts } from "./layouts.ts";
import { fitPart, type FitRequest, type RepositoryFit, revisionsOf } from "./partFit.ts";
import type { RepositoryPart } from "./repositoryParts.ts";
import { sampleOf } from "./searchRevision.ts";

/** Tags whose files are listed where nothing fits. */
const TAGS_LISTED = 64;

/**
 * Which revision the program's own frames are of. `part`: those that have a place in the repository as it is today. Others
 * may have had one, and all of them may have had another one: a revision is compared where its own files lie.
 */
export async function fitProgram(
  history: History,
  part: RepositoryPart,
  hints: VersionHints,
  request: FitRequest,
): Promise<RepositoryFit | undefined> {
  const asToday = await fitPart(history, part, hints, request);
  const placed = [...part.frames.values()].flat();
  const unplaced = [...request.today].filter(([frame, { found }]) => found === undefined && mayBeOwn(frame));
  const frames = [...new Set([...placed, ...unplaced.map(([frame]) => frame)])];
  if (asToday === undefined && frames.length === placed.length) return undefined;
  const { token, clock, deadline } = request;
  const isOver = (): boolean => token.isCancellationRequested || clock.now() > deadline;
  const fits = asToday ? [asToday] : [];
  for (const revisions of await revisionsToList(history, hints, request)) {
    for (const { files, guessed } of await olderLayouts(history, frames, part.frames, revisions, isOver)) {
      const fit = await fitPart(history, { ...part, frames: files, guessed }, hints, request);
      // A guess that does not come true says nothing of the repository.
      if (fit && (fit.kind !== "none" || fit.isWanted || guessed.size === 0)) fits.push(fit);
    }
    if (fits.some(({ kind }) => kind !== "none")) break;
  }
  const best = bestOf(fits);
  return best?.frames === 0 ? undefined : best;
}

/** Go's own, and what a path says is a module's or vendored, is not the program's. */
function mayBeOwn(frame: SourceFrame): boolean {
  const target = frame.function !== "" && frame.file.endsWith(".go") ? frameTarget(frame) : "";
  if (typeof target === "string" || isStandardFunction(target)) return false;
  return !versionedPath(target.path.segments) && !target.path.segments.includes("vendor");
}

/** Those whose files are listed, and then those that are listed where none of the first led to one that fits. */
async function revisionsToList(
  history: History,
  { own }: VersionHints,
  { wanted, token }: FitRequest,
): Promise<readonly (readonly Revision[])[]> {
  const [named] = wanted === undefined ? [] : await revisionsOf(history, [wanted]);
  if (named) return [[named]];
  const { revisions } = await history.candidates(token);
  const some = sampleOf(revisions);
  // Most of them are commits of the last months: what lay elsewhere for some releases only is among the tags.
  const tags = sampleOf(
    revisions.filter(({ isTag }) => isTag),
    TAGS_LISTED,
  );
  return [[...(await revisionsOf(history, own)), ...some], tags.filter((tag) => !some.includes(tag))];
}

/**
 * What fits most frames, whichever way the repository was arranged. Where a revision fits with its files lying in two ways,
 * it does not tell which of them the program's are.
 */
function bestOf(fits: readonly RepositoryFit[]): RepositoryFit | undefined {
  const fitting = fits.filter(({ kind }) => kind !== "none");
  const most = largest(fitting, ({ frames }) => frames, 0);
  const equal = fitting.filter(({ frames }) => frames === most);
  const [first] = equal;
  if (!first) return [...fits].sort((a, b) => closeness(b) - closeness(a))[0];
  const best = equal.flatMap((fit) => fit.best);
  const isTwofold = new Set(best.map(({ revision }) => revision.commit)).size < best.length;
  if (isTwofold) return { ...first, kind: "none", revision: undefined };
  const isWhole = fits.every((fit) => fit.isWhole);
  return { ...first, kind: best.length > 1 ? "equal" : "exact", best, isWhole };
}

function closeness({ best, frames }: RepositoryFit): number {
  return (best[0]?.fits ?? 0) + frames / 1e9;
}

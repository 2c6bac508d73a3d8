import { type Message, say } from "../../core/text/say.ts";
import type { RepositoryFit } from "./repositoryFit.ts";

/** Names of revisions that are listed; more fit equally where nothing of what the dump shows was ever changed. */
const MAX_NAMES = 3;

/** Which revision fits a dump, and how well, as a sentence. */
export function describeFit({ kind, best, frames, today }: RepositoryFit): Message {
  const [first] = best;
  if (first === undefined) return say`No revision fits; the working tree fits ${today} of ${frames} frames.`;
  const { revision, fits } = first;
  if (kind === "exact") return say`${revision.name} fits ${fits} of ${frames} frames; the working tree ${today}.`;
  if (kind === "equal")
    return say`${namesOf(best)} fit ${fits} of ${frames} frames equally; the working tree ${today}.`;
  return say`No revision fits all ${frames} frames: ${revision.name} fits ${fits}, the working tree ${today}.`;
}

function namesOf(best: RepositoryFit["best"]): Message | string {
  const names = best
    .slice(0, MAX_NAMES)
    .map(({ revision }) => revision.name)
    .join(", ");
  const left = best.length - MAX_NAMES;
  return left > 0 ? say`${names} and ${left} more` : names;
}

import { joined, type Message, say } from "../../core/text/say.ts";
import type { RepositoryFit } from "./partFit.ts";

/** Names of revisions that are listed; more fit equally where nothing of what the dump shows was ever changed. */
const MAX_NAMES = 3;

/** Which revision fits a dump, and how well, in sentences. */
export function describeFit(
  fit: Pick<RepositoryFit, "kind" | "best" | "frames" | "today" | "isWhole" | "lacks">,
): Message {
  const outcome = describeOutcome(fit);
  return fit.isWhole ? outcome : joined([outcome, say`Not all tags and commits were compared.`], " ");
}

function describeOutcome({ kind, best, frames, today, lacks }: Parameters<typeof describeFit>[0]): Message {
  const [first] = best;
  if (kind === "none" && lacks !== null) return say`The repository does not have ${lacks}, which the dump names.`;
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

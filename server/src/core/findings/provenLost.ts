import { isShown, type LostReason } from "../leaks/wakers.ts";
import { leakPattern } from "../leaks/pattern.ts";
import { type Wait, waitOf } from "../leaks/waits.ts";
import { type Message, say } from "../text/say.ts";
import { certaintyOf, classOf } from "./classes.ts";
import type { Finding } from "./finding.ts";
import type { Investigation } from "./investigation.ts";
import { reasonFor } from "./rules/leakTexts.ts";

/** A loss that is sure. */
interface Loss {
  readonly reason: LostReason;
  readonly wait: Wait;
}

/** Rules that say who is to blame: that its goroutines are lost does not say that this is so. */
const BLAMES: ReadonlySet<string> = new Set([
  "deadlock-cycle",
  "lock-held-while-blocked",
  "lock-upgrade",
  "recursive-read-lock",
  "self-deadlock",
]);

/**
 * A suspect is strong when none of the goroutines that it is about goes on: the source shows it, or it is about a lock, and
 * each of them is lost for a reason that is strong by itself. What is said of them may still be a guess.
 */
export function provenLost(finding: Finding, investigation: Investigation): Finding {
  const { rule, message, evidence } = finding;
  const losses = BLAMES.has(rule) ? undefined : lossesOf(finding, investigation);
  const first = losses?.[0];
  if (losses === undefined || first === undefined) return finding;
  const isBySource = losses.every(({ reason }) => isShown(reason));
  if (!isBySource && !losses.some(({ wait }) => wait === "lock")) return finding;
  const proof = isBySource
    ? proofOf(losses)
    : reasonFor(first.reason, leakPattern(first.wait, undefined).missing, true);
  return {
    ...finding,
    certainty: "strong",
    evidenceClass: classOf(rule, first.reason),
    message: say`${message} ${proof}`,
    evidence: isBySource ? [proof, ...evidence] : [...evidence, proof],
  };
}

function proofOf(losses: readonly Loss[]): Message {
  return losses.some(({ reason }) => reason === "untilSignal")
    ? say`The source shows that nobody comes for what they wait for: they only give up when a signal tells the program to end.`
    : say`The source shows that nobody can end their wait any more.`;
}

/** Whether a suspicion blames somebody for what is sure to be lost: then the loss is told as well, by another rule. */
export function isOnlyBlame(finding: Finding, investigation: Investigation): boolean {
  return BLAMES.has(finding.rule) && lossesOf(finding, investigation) !== undefined;
}

/** Why each goroutine of a suspicion is lost; undefined: not all are, or it is no suspicion. */
function lossesOf({ certainty, rows }: Finding, investigation: Investigation): readonly Loss[] | undefined {
  if (certainty !== "suspect") return undefined;
  const losses: Loss[] = [];
  for (const row of rows) {
    const loss = lossOf(row, investigation);
    if (loss === undefined) return undefined;
    losses.push(loss);
  }
  return losses;
}

/** Why a goroutine is lost, when that is strong where it waits. */
function lossOf(row: number, { analysis, wakers }: Investigation): Loss | undefined {
  const reason = wakers.whySurely(row);
  if (reason === undefined) return undefined;
  const group = analysis.groupOf(row);
  const wait = waitOf(group, analysis.traits(group));
  return certaintyOf(reason, wait, analysis.isWhole) === "strong" ? { reason, wait } : undefined;
}

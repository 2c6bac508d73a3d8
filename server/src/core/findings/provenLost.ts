import type { LostReason } from "../leaks/wakers.ts";
import { leakPattern } from "../leaks/pattern.ts";
import { type Wait, waitOf } from "../leaks/waits.ts";
import { say } from "../text/say.ts";
import { certaintyOf, classOf } from "./classes.ts";
import type { Finding } from "./finding.ts";
import type { Investigation } from "./investigation.ts";
import { reasonFor } from "./rules/leakTexts.ts";

/** A loss that is sure. */
interface Loss {
  readonly reason: LostReason;
  readonly wait: Wait;
}

/**
 * A suspect is strong when none of the goroutines that it is about goes on: the source shows it, or it is about a lock, and
 * each of them is lost for a reason that is strong by itself. What is said of them may still be a guess.
 */
export function provenLost(finding: Finding, investigation: Investigation): Finding {
  const { certainty, rows, rule, message, evidence } = finding;
  if (certainty !== "suspect" || rows.length === 0) return finding;
  const losses = Array.from(rows, (row) => lossOf(row, investigation));
  const [first] = losses;
  if (first === undefined || losses.includes(undefined)) return finding;
  const isBySource = losses.every((loss) => loss?.reason === "confined");
  if (!isBySource && !losses.some((loss) => loss?.wait === "lock")) return finding;
  const proof = isBySource
    ? say`The source shows that nobody can end their wait any more.`
    : reasonFor(first.reason, leakPattern(first.wait, undefined).missing);
  return {
    ...finding,
    certainty: "strong",
    evidenceClass: classOf(rule, first.reason),
    message: say`${message} ${proof}`,
    evidence: isBySource ? [proof, ...evidence] : [...evidence, proof],
  };
}

/** Why a goroutine is lost, when that is strong where it waits. */
function lossOf(row: number, { analysis, wakers }: Investigation): Loss | undefined {
  const reason = wakers.why(row);
  if (reason === undefined) return undefined;
  const group = analysis.groupOf(row);
  const wait = waitOf(group, analysis.traits(group));
  return certaintyOf(reason, wait, analysis.isWhole) === "strong" ? { reason, wait } : undefined;
}

import { say } from "../text/say.ts";
import { classOf } from "./classes.ts";
import type { Finding } from "./finding.ts";
import type { Investigation } from "./investigation.ts";

/** A suspect is strong when the source shows that nobody can end the wait of any goroutine that it is about. */
export function provenBySource(finding: Finding, { analysis, wakers }: Investigation): Finding {
  const { certainty, rows, rule, message, evidence } = finding;
  if (certainty !== "suspect" || rows.length === 0 || analysis.coverage.kind !== "whole") return finding;
  if (!rows.every((row) => wakers.why(row) === "confined")) return finding;
  const proof = say`The source shows that nobody can end their wait any more.`;
  return {
    ...finding,
    certainty: "strong",
    evidenceClass: classOf(rule, "confined"),
    message: say`${message} ${proof}`,
    evidence: [proof, ...evidence],
  };
}

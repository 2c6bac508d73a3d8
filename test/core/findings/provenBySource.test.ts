import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/core/findings/finding.ts";
import type { Investigation } from "../../../server/src/core/findings/investigation.ts";
import { provenBySource } from "../../../server/src/core/findings/provenBySource.ts";
import { english, say } from "../../../server/src/core/text/say.ts";

const SUSPECT = {
  rule: "recursive-read-lock",
  certainty: "suspect",
  evidenceClass: "recursive-read-lock/nested/type",
  message: say`It may wait for itself.`,
  evidence: [say`It holds the lock.`],
  rows: Uint32Array.of(3, 4),
} as unknown as Finding;

/** `confined`: the rows whose wait nobody can end, as far as the source shows. */
const judged = (finding: Finding, confined: readonly number[], kind = "whole") =>
  provenBySource(finding, {
    analysis: { coverage: { kind } },
    wakers: { why: (row: number) => (confined.includes(row) ? "confined" : "gone") },
  } as unknown as Investigation);

test("a suspect is strong when the source shows that none of its goroutines goes on", () => {
  const proven = judged(SUSPECT, [3, 4]);
  expect(proven).toMatchObject({ certainty: "strong", evidenceClass: "recursive-read-lock/confined" });
  expect(english(proven.message)).toBe(
    "It may wait for itself. The source shows that nobody can end their wait any more.",
  );
  expect(proven.evidence.map(english)).toHaveLength(2);
});

test.each([
  ["one of its goroutines may go on", SUSPECT, [3], "whole"],
  ["the dump is an excerpt", SUSPECT, [3, 4], "excerpt"],
  ["it is about no goroutine", { ...SUSPECT, rows: new Uint32Array() }, [3, 4], "whole"],
] as const)("a suspect stays one when %s", (_, finding, confined, kind) => {
  expect(judged(finding, confined, kind)).toBe(finding);
});

import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/core/findings/finding.ts";
import type { Investigation } from "../../../server/src/core/findings/investigation.ts";
import { provenLost } from "../../../server/src/core/findings/provenLost.ts";
import { english, say } from "../../../server/src/core/text/say.ts";

const SUSPECT = {
  rule: "lock-without-holder",
  certainty: "suspect",
  evidenceClass: "lock-without-holder/many/names",
  message: say`Nobody may unlock it.`,
  evidence: [say`They wait for a lock.`],
  rows: Uint32Array.of(0, 1),
} as unknown as Finding;

/** What a row waits for, and why nobody ends that. */
type Loss = readonly [state: string, reason: string | undefined];

const CONFINED: Loss = ["chan send", "confined"];
const LOCKED: Loss = ["sync.Mutex.Lock", "locked"];

/** The finding as it is when its rows are lost like that. */
const judged = (finding: Finding, losses: readonly Loss[], isWhole = true) =>
  provenLost(finding, {
    analysis: {
      isWhole,
      groupOf: (row: number) => ({ state: losses[row]?.[0] }),
      traits: ({ state }: { readonly state: string }) => ({
        stack: { frames: state === "sync.Mutex.Lock" ? [{ function: "sync.(*Mutex).Lock" }] : [] },
        families: new Set(),
      }),
    },
    wakers: { whySurely: (row: number) => losses[row]?.[1] },
  } as unknown as Investigation);

test("a suspect is strong when the source shows that none of its goroutines goes on", () => {
  const proven = judged(SUSPECT, [CONFINED, CONFINED]);
  expect(proven).toMatchObject({ certainty: "strong", evidenceClass: "lock-without-holder/confined" });
  expect(english(proven.message)).toBe(
    "Nobody may unlock it. The source shows that nobody can end their wait any more.",
  );
  expect(proven.evidence.map(english)).toHaveLength(2);
});

test("a suspect about a lock is strong when all of its goroutines are lost for strong reasons", () => {
  const proven = judged(SUSPECT, [LOCKED, ["chan send", "returned"]]);
  expect(proven).toMatchObject({ certainty: "strong", evidenceClass: "lock-without-holder/locked" });
  expect(proven.evidence.map(english)[1]).toContain("some of them wait for a lock that none of the others can release");
});

test.each([
  ["one of its goroutines may go on", SUSPECT, [CONFINED, ["chan send", undefined]], true],
  ["one of its goroutines is lost for a weak reason", SUSPECT, [LOCKED, ["chan receive", "gone"]], true],
  ["none of its goroutines waits for a lock", SUSPECT, [CONFINED, ["chan send", "returned"]], true],
  ["the dump is an excerpt", SUSPECT, [CONFINED, CONFINED], false],
  ["it blames somebody, who may not be at fault", { ...SUSPECT, rule: "deadlock-cycle" }, [CONFINED, CONFINED], true],
  ["it is about no goroutine", { ...SUSPECT, rows: new Uint32Array() }, [CONFINED, CONFINED], true],
] as const)("a suspect stays one when %s", (_, finding: object, losses, isWhole) => {
  expect(judged(finding as Finding, losses, isWhole)).toBe(finding);
});

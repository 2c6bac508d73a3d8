import { expect, test } from "vitest";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import type { SourceFact } from "../../../server/src/core/analysis/sourceFacts.ts";
import { TraitsTable } from "../../../server/src/core/analysis/traits.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { wholeDumpText } from "../../support/goroutineText.ts";

const RECEIVE: SourceFact = {
  syntax: "receive",
  hasDefault: false,
  hasTimer: false,
  hasDone: false,
  isForContext: false,
};

/** What is said of a service that receives from a nil channel, when the source says that of the line. */
function saidWith(fact: SourceFact | undefined): readonly string[] {
  const text = wholeDumpText(
    { id: 1, state: "sleep", frames: ["time.Sleep() sleep.go:9", "main.main() main.go:84"] },
    {
      id: 7,
      state: "chan receive (nil chan)",
      frames: ["shop/lead.(*Elector).Run(0xc000018000) lead.go:39"],
      by: ["main.main main.go:80", 1],
    },
  );
  const [dump] = readDumps(new TextEncoder().encode(text)).dumps;
  const traits = new TraitsTable(dump!, groupGoroutines(dump!, { byLabels: false }));
  const findings = runToEnd(ruleSteps(traits, { ...DEFAULT_CONTEXT, source: { at: () => fact } }));
  return findings.map(({ certainty, title }) => `${certainty} ${english(title)}`);
}

test("who receives from a nil channel is blocked for ever", () => {
  for (const fact of [undefined, RECEIVE]) {
    expect(saidWith(fact)).toEqual(["proven Receive from a nil channel: lead.go:39"]);
  }
});

test("who waits for a context that nothing cancels may be meant to", () => {
  expect(saidWith({ ...RECEIVE, isForContext: true })).toEqual([
    "suspect Wait for a context that never ends: lead.go:39",
  ]);
});

import { expect, test } from "vitest";
import type { StackConfinement } from "../../../server/src/core/analysis/confinement.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { planReading, takeBlocks } from "../../../server/src/service/analysis/analyseDump.ts";
import { wholeDumpText } from "../../support/goroutineText.ts";

const DUMP = wholeDumpText(
  { id: 1, state: "IO wait", frames: ["main.main() main.go:84"] },
  {
    id: 7,
    state: "chan send",
    frames: ["shop/ids.(*IDs).count(0xc000118000) ids.go:44"],
    by: ["shop/ids.(*IDs).Next.func1 ids.go:20", 77],
  },
);

/** What is said of a sender whose creator has ended, with the source. */
function senderFinding(source: Pick<StackConfinement, "waits" | "isOpen">) {
  const plan = runToEnd(planReading(readDumps(new TextEncoder().encode(DUMP)).dumps.map((dump) => ({ dump }))));
  const [prepared] = runToEnd(takeBlocks(plan, []));
  const confinement = () => ({ hasWayOut: false, serves: [], holds: [], foreign: undefined, ...source });
  const context = { ...DEFAULT_CONTEXT, source: { at: () => undefined, confinement } };
  const finding = runToEnd(ruleSteps(prepared!.traits, context)).find(({ rule }) => rule === "leak");
  return { certainty: finding?.certainty, evidence: finding?.evidence.map(english).join(" ") };
}

test("a goroutine is lost for sure where the source knows of nobody else who may come", () => {
  const { certainty, evidence } = senderFinding({ waits: undefined, isOpen: false });
  expect(certainty).toBe("strong");
  expect(evidence).not.toContain("at any time");
});

test("it may be lost where the source shows that a handler may come", () => {
  const { certainty, evidence } = senderFinding({ waits: undefined, isOpen: true });
  expect(certainty).toBe("suspect");
  expect(evidence).toContain("The source shows code that may be called at any time, such as a handler's");
});

import { expect, test } from "vitest";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import type { Need, StackConfinement } from "../../../server/src/core/analysis/confinement.ts";
import type { SourceFact } from "../../../server/src/core/analysis/sourceFacts.ts";
import { TraitsTable } from "../../../server/src/core/analysis/traits.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { type GoroutineText, wholeDumpText } from "../../support/goroutineText.ts";
import { NOTHING_SHOWN } from "../../support/stackConfinement.ts";

const RECEIVE: SourceFact = {
  syntax: "receive",
  hasDefault: false,
  hasTimer: false,
  hasDone: false,
  isForContext: false,
};

const CANCEL: Need = { what: 4, origin: "any", owner: undefined, values: "many" };

/** A service cancels, behind its wait, what another goroutine waits for. */
const cancels = ({ state }: { readonly state: string }): StackConfinement | undefined => {
  if (state === "select") return { ...NOTHING_SHOWN, waits: [CANCEL] };
  return state.startsWith("chan receive") ? { ...NOTHING_SHOWN, serves: [CANCEL] } : undefined;
};

/** What is said of a service that receives from a nil channel, when the source says that of the line. */
function saidWith(fact: SourceFact | undefined, ...others: readonly GoroutineText[]): readonly string[] {
  const text = wholeDumpText(
    { id: 1, state: "sleep", frames: ["time.Sleep() sleep.go:9", "main.main() main.go:84"] },
    {
      id: 7,
      state: "chan receive (nil chan)",
      frames: ["shop/lead.(*Elector).Run(0xc000018000) lead.go:39"],
      by: ["main.main main.go:80", 1],
    },
    ...others,
  );
  const [dump] = readDumps(new TextEncoder().encode(text)).dumps;
  const traits = new TraitsTable(dump!, groupGoroutines(dump!, { byLabels: false }));
  const findings = runToEnd(
    ruleSteps(traits, { ...DEFAULT_CONTEXT, source: { at: () => fact, confinement: cancels } }),
  );
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

test("those that a service would end when its context ends live as long as it does", () => {
  const compaction: GoroutineText = {
    id: 9,
    state: "select",
    frames: ["shop/lead.(*Elector).compact(0xc000018000) lead.go:46"],
    by: ["shop/lead.(*Elector).Run lead.go:31", 7],
  };
  expect(saidWith({ ...RECEIVE, isForContext: true }, compaction)).toEqual([
    "suspect Wait for a context that never ends: lead.go:39",
  ]);
  expect(saidWith(RECEIVE, compaction)).toEqual([
    "proven Receive from a nil channel: lead.go:39",
    "strong 1 goroutine leaked: lead.go:46",
  ]);
});

import { expect, test } from "vitest";
import type { Need, StackConfinement } from "../../../server/src/core/analysis/confinement.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import type { Group } from "../../../server/src/core/group/groups.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { planReading, takeBlocks } from "../../../server/src/service/analysis/analyseDump.ts";
import { wholeDumpText } from "../../support/goroutineText.ts";
import { NOTHING_SHOWN } from "../../support/stackConfinement.ts";

const waitingIn = (state: string) =>
  wholeDumpText(
    { id: 1, state: "IO wait", frames: ["main.main() main.go:84"] },
    {
      id: 7,
      state,
      frames: ["shop/ids.(*IDs).count(0xc000118000) ids.go:44"],
      by: ["shop/ids.(*IDs).Next.func1 ids.go:20", 77],
    },
  );

const NEED: Need = { what: 1, origin: "any", owner: undefined, values: "many" };

interface Options {
  readonly state?: string;
  readonly serves?: readonly Need[];
  readonly text?: string;
}

/** What is said of a goroutine whose creator has ended, with the source; of main it says what main may do for others. */
function senderFinding(
  source: Pick<StackConfinement, "waits" | "isOpen"> & Partial<StackConfinement>,
  { state = "chan send", serves = [], text = waitingIn(state) }: Options = {},
) {
  const dumps = readDumps(new TextEncoder().encode(text)).dumps;
  const plan = runToEnd(planReading(dumps.map((dump) => ({ dump }))));
  const [prepared] = takeBlocks(plan, []);
  const confinement = (group: Group) =>
    group.state === state ? { ...NOTHING_SHOWN, ...source } : { ...NOTHING_SHOWN, serves };
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

test("it may be lost where the source shows somebody who can go on, and ends such a wait", () => {
  const { certainty, evidence } = senderFinding({ waits: [NEED], isOpen: false }, { serves: [NEED] });
  expect(certainty).toBe("suspect");
  expect(evidence).toContain("The source shows somebody in the dump who may still end this wait.");
  expect(senderFinding({ waits: [NEED], isOpen: false }).certainty).toBe("strong");
});

test("it may be lost where the source shows that a library makes what it waits for", () => {
  const { certainty, evidence } = senderFinding({ waits: undefined, isOpen: false, isForeign: true });
  expect(certainty).toBe("suspect");
  expect(evidence).toContain("code not at hand makes what is waited for, such as a ticker");
});

test("it may be lost where the source gives its WaitGroup to a timer", () => {
  const state = "sync.WaitGroup.Wait";
  const { certainty, evidence } = senderFinding({ waits: undefined, isOpen: false }, { state });
  expect(certainty).toBe("suspect");
  expect(evidence).toContain("such as a timer's");
  expect(senderFinding({ waits: [NEED], isOpen: false }, { state }).certainty).toBe("strong");
});

test("a stock may not be lost where the source shows a timer that gives back", () => {
  const state = "select";
  const text = waitingIn(state).replace(
    "shop/ids.(*IDs).count(",
    "golang.org/x/sync/semaphore.(*Weighted).Acquire(0xc000300000)\n\t/go/pkg/mod/golang.org/x/sync@v0.7.0/semaphore/semaphore.go:74\nshop/ids.(*IDs).count(",
  );
  expect(senderFinding({ waits: undefined, isOpen: true }, { state, text }).certainty).toBe("suspect");
  expect(senderFinding({ waits: undefined, isOpen: false }, { state, text }).certainty).toBe("strong");
});

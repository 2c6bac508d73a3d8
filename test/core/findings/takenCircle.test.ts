import { expect, test } from "vitest";
import type { StackConfinement } from "../../../server/src/core/analysis/confinement.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import type { Group } from "../../../server/src/core/group/groups.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { planReading, takeBlocks } from "../../../server/src/service/analysis/analyseDump.ts";
import { mutexLock, wholeDumpText, type GoroutineText } from "../../support/goroutineText.ts";
import { NOTHING_SHOWN } from "../../support/stackConfinement.ts";

const LOCKS = { accounts: "0x5a1f78", journal: "0x5a1f80" } as const;

/** A goroutine that waits for one of two locks of a package, in a function that no value is given to. */
const waits = (id: number, lock: keyof typeof LOCKS, ...calls: readonly string[]): GoroutineText => ({
  id,
  state: "sync.Mutex.Lock",
  frames: [...mutexLock(LOCKS[lock]), ...calls],
});

const DUMP = wholeDumpText(
  { id: 1, state: "IO wait", frames: ["main.main() main.go:84"] },
  waits(7, "journal", "shop/bank.record(0x1) bank.go:24", "shop/bank.Transfer(0x1) bank.go:20"),
  waits(8, "accounts", "shop/bank.balance() bank.go:45", "shop/bank.Audit() bank.go:36"),
  waits(9, "accounts", "shop/bank.Transfer(0x2) bank.go:16"),
);

/** What is said of the circle when the source says what each of the two outer calls has taken. */
function circle(holds: readonly { readonly what: number; readonly isProven: boolean }[]) {
  const bytes = new TextEncoder().encode(DUMP);
  const plan = runToEnd(planReading(readDumps(bytes).dumps.map((dump) => ({ dump }))));
  const [prepared] = takeBlocks(
    plan,
    plan.spans.map(({ start, end }) => bytes.subarray(start, end)),
  );
  const confinement = (group: Group): StackConfinement => {
    const { frames } = prepared!.traits.of(group).stack;
    const has = (name: string) => frames.some(({ function: call }) => call.startsWith(`shop/bank.${name}`));
    const waited = has("record") ? [2] : has("Transfer") || has("balance") ? [1] : [];
    const held = has("record") ? holds[0] : has("Audit") ? holds[1] : undefined;
    return {
      ...NOTHING_SHOWN,
      waits: waited.map((what) => ({ what, origin: "any", owner: undefined, values: "many" })),
      holds: held === undefined ? [] : [{ ...held, frame: frames.length - 1, line: 12 }],
    };
  };
  const context = { ...DEFAULT_CONTEXT, arguments: prepared!.arguments, source: { at: () => undefined, confinement } };
  return runToEnd(ruleSteps(prepared!.traits, context)).find(({ rule }) => rule === "deadlock-cycle");
}

const ACCOUNTS = { what: 1, isProven: true };
const JOURNAL = { what: 2, isProven: true };

test("two locks of a package that are taken in both orders are a circle, with all that wait behind", () => {
  const finding = circle([ACCOUNTS, JOURNAL]);
  expect(finding).toMatchObject({ certainty: "strong", count: 3, evidenceClass: "deadlock-cycle/taken" });
  expect(finding?.evidence.map(english).join(" ")).toContain(
    "Goroutine 7 runs bank.Transfer at bank.go:20, where the source shows that lock taken and not yet given back.",
  );
});

test.each([
  ["one of them may have been given back", [{ ...ACCOUNTS, isProven: false }, JOURNAL]],
  ["one of them has taken another lock", [{ ...ACCOUNTS, what: 3 }, JOURNAL]],
  ["both seem to have taken the same", [ACCOUNTS, ACCOUNTS]],
])("they are not for sure where %s", (_, holds) => {
  expect(circle(holds)?.certainty).not.toBe("strong");
});

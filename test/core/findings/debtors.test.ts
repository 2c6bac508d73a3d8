import { expect, test } from "vitest";
import type { Need, StackConfinement } from "../../../server/src/core/analysis/confinement.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { TraitsTable } from "../../../server/src/core/analysis/traits.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { wholeDumpText } from "../../support/goroutineText.ts";
import { NOTHING_SHOWN } from "../../support/stackConfinement.ts";

const need = (what: number): Need => ({ what, origin: "any", owner: undefined, values: "many" });
const [DONE, RECEIVE] = [need(4), need(5)];

/** What is said of who waits for a WaitGroup, when the source says that of those who have been started. */
function saidOfWait(serves: readonly Need[]): readonly string[] {
  const text = wholeDumpText(
    { id: 1, state: "sleep", frames: ["time.Sleep() sleep.go:9", "main.main() main.go:84"] },
    {
      id: 7,
      state: "sync.WaitGroup.Wait",
      frames: [
        "sync.(*WaitGroup).Wait(0xc000018008) /usr/local/go/src/sync/waitgroup.go:118",
        "shop/ship.(*Shipper).Run(0xc000018000) ship.go:72",
      ],
    },
    ...[8, 9].map((id) => ({
      id,
      state: "chan send",
      frames: ["shop/ship.(*Shipper).copy(0xc000018000) ship.go:32"],
      by: ["shop/ship.(*Shipper).Run ship.go:58", 7] as const,
    })),
  );
  const [dump] = readDumps(new TextEncoder().encode(text)).dumps;
  const confinement = ({ state }: { readonly state: string }): StackConfinement | undefined => {
    if (state === "sync.WaitGroup.Wait") return { ...NOTHING_SHOWN, waits: [DONE] };
    return state === "chan send" ? { ...NOTHING_SHOWN, waits: [RECEIVE], serves } : undefined;
  };
  const context = { ...DEFAULT_CONTEXT, source: { at: () => undefined, confinement } };
  const findings = runToEnd(ruleSteps(new TraitsTable(dump!, groupGoroutines(dump!, { byLabels: false })), context));
  return findings.map(({ message }) => english(message)).filter((message) => message.includes("WaitGroup"));
}

test("who waits for a WaitGroup is told where those are blocked that owe it a Done", () => {
  expect(saidOfWait([DONE])).toEqual([
    "1 goroutine leaked: blocked in ship.(*Shipper).Run at ship.go:72 (sync.WaitGroup.Wait), and nobody is left who calls Done. Who would call Done is blocked as well, in ship.(*Shipper).copy at ship.go:32: mend that first.",
  ]);
});

test("those that are blocked, and would not call Done, are not to blame", () => {
  const [message] = saidOfWait([need(6)]);
  expect(message).toContain("nobody is left who calls Done. Call Done in every goroutine on every way out");
});

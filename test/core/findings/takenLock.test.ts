import { expect, test } from "vitest";
import type { StackConfinement } from "../../../server/src/core/analysis/confinement.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import type { RuleId } from "../../../server/src/core/analysis/ruleId.ts";
import type { Group } from "../../../server/src/core/group/groups.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { planReading, takeBlocks } from "../../../server/src/service/analysis/analyseDump.ts";
import { mutexLock, wholeDumpText } from "../../support/goroutineText.ts";
import { NOTHING_SHOWN } from "../../support/stackConfinement.ts";

const dumpWith = (holder: string): string =>
  wholeDumpText(
    { id: 1, state: "IO wait", frames: ["main.main() main.go:84"] },
    {
      id: 7,
      state: "sync.Mutex.Lock, 3 minutes",
      frames: [...mutexLock("0xc000118008"), "shop/stock.(*Index).Get(0xc000118000, 0x5) stock.go:44"],
    },
    {
      id: 9,
      state: "chan send, 3 minutes",
      frames: [
        "shop/feed.(*Client).Send(0xc0001985a0, 0x0) client.go:199",
        `shop/stock.(*Index).Put(${holder}, 0x7) stock.go:60`,
      ],
    },
  );

const NOTHING: StackConfinement = { ...NOTHING_SHOWN, hasWayOut: true };

/** What the finding about the lock's holder says when the source says that of the waiters and the holder. */
function holderFinding(waits: StackConfinement["waits"], holds: StackConfinement["holds"], holder = "0xc000118000") {
  return findingOf("lock-held-while-blocked", dumpWith(holder), ({ state }) => {
    if (state === "sync.Mutex.Lock") return { ...NOTHING, waits };
    return state === "chan send" ? { ...NOTHING, holds } : NOTHING;
  });
}

/** The finding of a rule in a dump, where the source says that of its groups. */
function findingOf(rule: RuleId, text: string, confinement: (group: Group) => StackConfinement | undefined) {
  const bytes = new TextEncoder().encode(text);
  const plan = runToEnd(planReading(readDumps(bytes).dumps.map((dump) => ({ dump }))));
  const blocks = plan.spans.map(({ start, end }) => bytes.subarray(start, end));
  const [prepared] = takeBlocks(plan, blocks);
  const context = { ...DEFAULT_CONTEXT, arguments: prepared!.arguments, source: { at: () => undefined, confinement } };
  const findings = runToEnd(ruleSteps(prepared!.traits, context));
  return findings.find((one) => one.rule === rule)!;
}

const LOCK = { what: 4, origin: "any", owner: undefined, values: "many" } as const;

test("the source's line at which the holder took the lock is evidence, and a place to go to", () => {
  const { evidence, related } = holderFinding([LOCK], [{ what: 4, frame: 1, line: 57, isProven: false }]);
  expect(evidence.map(english)).toContain(
    "The source shows that it took the lock in stock.(*Index).Put at stock.go:57.",
  );
  expect(related.map(({ message, line }) => [english(message), line])).toContainEqual(["Took the lock here", 57]);
});

test("it is such a lock where no address tells that it is the one", () => {
  const { evidence, related } = holderFinding(
    [LOCK],
    [{ what: 4, frame: 1, line: 57, isProven: false }],
    "0xc000118000?",
  );
  expect(evidence.map(english)).toContain(
    "The source shows that it took such a lock in stock.(*Index).Put at stock.go:57.",
  );
  expect(related.map(({ message, line }) => [english(message), line])).toContainEqual(["Took such a lock here", 57]);
});

test.each([
  ["the source does not know what they wait for", undefined, [{ what: 4, frame: 1, line: 57, isProven: false }]],
  ["it has taken something else", [LOCK], [{ what: 5, frame: 1, line: 57, isProven: false }]],
  ["it has taken nothing", [LOCK], []],
] as const)("nothing is said of the line when %s", (_, waits, holds) => {
  const { evidence, related } = holderFinding(waits, holds);
  expect(evidence.map(english).join(" ")).not.toContain("The source shows");
  expect(related.every(({ line }) => line === undefined)).toBe(true);
});

const certainty = (...sides: Parameters<typeof holderFinding>) => holderFinding(...sides).certainty;

test("it is a suspect at most when the source knows the lock, and shows no line at which the holder has taken it", () => {
  expect(certainty([LOCK], [{ what: 4, frame: 1, line: 57, isProven: false }])).toBe("strong");
  expect(certainty(undefined, [])).toBe("strong");
  expect(certainty([LOCK], [])).toBe("suspect");
  expect(certainty([LOCK], [{ what: 5, frame: 1, line: 57, isProven: false }])).toBe("suspect");
});

test("a lock that nobody can hold is a suspect at most when the source was followed, and does not say that nobody unlocks", () => {
  const waiters = wholeDumpText(
    { id: 1, state: "sleep", frames: ["main.main() main.go:84"] },
    ...[7, 8].map((id) => ({
      id,
      state: "sync.Mutex.Lock, 3 minutes",
      frames: [...mutexLock("0xc000118008"), "shop/stock.(*Index).Get(0xc000118000, 0x5) stock.go:44"],
      by: ["main.main main.go:80", 1] as const,
    })),
  );
  const certaintyWith = (confinement: StackConfinement | undefined) =>
    findingOf("lock-without-holder", waiters, () => confinement).certainty;
  expect(certaintyWith(undefined)).toBe("strong");
  expect(certaintyWith(NOTHING)).toBe("suspect");
  expect(certaintyWith({ ...NOTHING, waits: [LOCK] })).toBe("strong");
});

/** A goroutine that comes back to a lock, as a profile has it, and others behind it: no address tells whose lock it is. */
const BACK = [
  "goroutine profile: total 6",
  "1 @ 0x1 0x2 0x3 0x4",
  "#\t0x1\tsync.runtime_SemacquireMutex+0x1\t/usr/local/go/src/runtime/sema.go:77",
  "#\t0x2\tsync.(*Mutex).lockSlow+0x1\t/usr/local/go/src/sync/mutex.go:171",
  "#\t0x3\tsync.(*Mutex).Lock+0x1\t/usr/local/go/src/sync/mutex.go:81",
  "#\t0x4\tshop/stock.(*Index).Len+0x1\t/src/stock.go:44",
  "#\t0x5\tshop/audit.(*Audit).Note+0x1\t/src/audit.go:9",
  "#\t0x6\tshop/stock.(*Index).Drop+0x1\t/src/stock.go:60",
  "",
  "5 @ 0x1 0x2 0x3 0x7",
  "#\t0x1\tsync.runtime_SemacquireMutex+0x1\t/usr/local/go/src/runtime/sema.go:77",
  "#\t0x2\tsync.(*Mutex).lockSlow+0x1\t/usr/local/go/src/sync/mutex.go:171",
  "#\t0x3\tsync.(*Mutex).Lock+0x1\t/usr/local/go/src/sync/mutex.go:81",
  "#\t0x7\tshop/stock.(*Index).Get+0x1\t/src/stock.go:38",
  "",
].join("\n");

const ownLock = (hold: StackConfinement["holds"][number] | undefined) =>
  findingOf("self-deadlock", BACK, ({ count }) => {
    return { ...NOTHING, waits: [LOCK], holds: count === 1 && hold !== undefined ? [hold] : [] };
  });

test("a goroutine that has taken the only such lock waits for itself, and the line is told where it took it", () => {
  const { certainty: found, message, evidence, related } = ownLock({ what: 4, frame: 5, line: 57, isProven: true });
  expect(found).toBe("strong");
  expect(english(message)).toContain("which it has locked already in stock.(*Index).Drop at stock.go:57: Go's locks");
  expect(english(message)).toContain(" 5 more goroutines wait behind.");
  expect(evidence.map(english)).toContain(
    "The source shows that it took the lock in stock.(*Index).Drop at stock.go:57.",
  );
  expect(related.map(({ message: text, line }) => [english(text), line])).toEqual([["Took the lock here", 57]]);
});

test.each([
  ["the lock may be another one", { what: 4, frame: 5, line: 57, isProven: false }],
  ["it is another lock", { what: 5, frame: 5, line: 57, isProven: true }],
  ["nothing was taken", undefined],
])("an outer call of the type is a suspect only where %s", (_, hold) => {
  const { certainty: found, message } = ownLock(hold);
  expect(found).toBe("suspect");
  expect(english(message)).not.toContain("locked already");
});

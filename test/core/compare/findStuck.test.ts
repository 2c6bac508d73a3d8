import { describe, expect, it } from "vitest";
import { compareDumps } from "../../../server/src/core/compare/compareDumps.ts";
import { findInSeries } from "../../../server/src/core/compare/seriesRules.ts";
import { idsFrom, type SeriesStack, snapshotOf, tracebackOf } from "../../support/series.ts";
import { english } from "../../../server/src/core/text/say.ts";

const main: SeriesStack = { ids: [1], state: "IO wait", function: "main.main", line: 30 };

/** Findings over three dumps, ten minutes apart, of goroutines that do not move. */
function findings(stack: Omit<SeriesStack, "state">, state: string) {
  const dumps = [2, 12, 22].map((minutes, index) =>
    snapshotOf(tracebackOf([main, { ...stack, state: `${state}, ${minutes} minutes` }]), index * 10),
  );
  return findInSeries(compareDumps(dumps)).map(({ rule, certainty, count, evidence }) => ({
    rule,
    certainty,
    count,
    why: evidence.map(english).at(-1),
  }));
}

describe("the same goroutines in every dump, waiting as long as the clock says", () => {
  it.each([
    ["sync.Mutex.Lock", "sync.(*Mutex).Lock"],
    ["semacquire", "sync.(*RWMutex).RLock"],
  ])("are stuck when they wait for a lock: %s in %s", (state, call) => {
    const stack = { ids: [5, 6], function: "main.check", below: ["sync.runtime_SemacquireMutex", call], creator: 1 };

    expect(findings(stack, state)).toEqual([
      {
        rule: "stuck",
        certainty: "strong",
        count: 2,
        why: "They wait for a lock: its holder has not let go in all that time.",
      },
    ]);
  });

  it("are stuck when they want to send", () => {
    expect(findings({ ids: [5], function: "main.send", creator: 1 }, "chan send")).toMatchObject([
      { rule: "stuck", count: 1, why: expect.stringContaining("nobody has received") },
    ]);
  });

  it("are stuck when those who started them have ended", () => {
    expect(findings({ ids: [5, 6], function: "main.await", creator: 4 }, "chan receive")).toMatchObject([
      { rule: "stuck", why: "The goroutines that started them have ended." },
    ]);
  });

  it.each(["chan receive", "select", "sync.Cond.Wait", "sync.WaitGroup.Wait", "IO wait", "sleep"])(
    "idle, when who started them is there: %s",
    (state) => {
      expect(findings({ ids: idsFrom(5, 8), function: "main.worker", creator: 1 }, state)).toEqual([]);
    },
  );

  it("idle, as far as dumps of old releases tell: those do not say who started them", () => {
    expect(findings({ ids: [5, 6], function: "main.await" }, "chan receive")).toEqual([]);
  });
});

describe("a healthy series", () => {
  it("gives nothing: traffic comes and goes, workers idle, a lock is handed on", () => {
    const dumps = [0, 1, 2, 3].map((minute) =>
      snapshotOf(
        tracebackOf([
          main,
          { ids: idsFrom(100 + 500 * minute, 40 + 30 * (minute % 2)), state: "IO wait", function: "main.serve" },
          { ids: idsFrom(5, 16), state: `chan receive, ${minute + 5} minutes`, function: "main.worker", creator: 1 },
          { ids: idsFrom(2000 + 10 * minute, 3), state: "sync.Mutex.Lock", function: "main.count" },
          { ids: idsFrom(3000 + 50 * minute, 12 - minute), state: "chan send", function: "main.publish" },
        ]),
        minute,
      ),
    );

    expect(findInSeries(compareDumps(dumps))).toEqual([]);
  });

  it("gives nothing strong when its traffic grows: other goroutines each time", () => {
    const dumps = [0, 1, 2].map((minute) =>
      snapshotOf(
        tracebackOf([
          main,
          { ids: idsFrom(100 + 500 * minute, 40 * (minute + 1)), state: "select", function: "main.handle", creator: 1 },
        ]),
        minute,
      ),
    );

    expect(findInSeries(compareDumps(dumps)).map(({ certainty }) => certainty)).not.toContain("strong");
  });
});

describe("looking for what is stuck", () => {
  it("goes through the ids of the last dump once, however many stacks ask for them", () => {
    const stacks = idsFrom(2, 500).map((id) => ({ ids: [id], function: `main.wait${id}`, creator: 1_000_000 }));
    const [first, last] = [5, 15].map((minutes, index) =>
      snapshotOf(
        tracebackOf(stacks.map((stack) => ({ ...stack, state: `chan receive, ${minutes} minutes` }))),
        index * 10,
      ),
    );
    const { blocks, length } = last!.dump.goroutines.id;
    let reads = 0;
    const id = {
      length,
      get blocks() {
        reads++;
        return blocks;
      },
    };
    const counted = { ...last!, dump: { ...last!.dump, goroutines: { ...last!.dump.goroutines, id } } };
    const comparison = compareDumps([first!, counted]);
    reads = 0;
    expect(findInSeries(comparison)).toHaveLength(500);
    // Once for each goroutine, and some for those that the index puts next to each other.
    expect(reads).toBeLessThan(20 * 500);
  });
});

import { describe, expect, it } from "vitest";
import { compareDumps } from "../../../server/src/core/compare/compareDumps.ts";
import { compareFleet } from "../../../server/src/core/compare/fleet.ts";
import { idsFrom, snapshotOf, tracebackOf } from "../../support/series.ts";

/** A fleet by the number of goroutines each host has in each function. */
function fleet(functions: Readonly<Record<string, readonly number[]>>) {
  const hosts = Math.max(...Object.values(functions).map((counts) => counts.length));
  const dumps = Array.from({ length: hosts }, (_, host) =>
    snapshotOf(
      tracebackOf([
        { ids: [1], state: "IO wait", function: "main.main" },
        ...Object.entries(functions).map(([name, counts], index) => ({
          ids: idsFrom(10 + index * 100_000, counts[host] ?? 0),
          state: "chan receive",
          function: `main.${name}`,
        })),
      ]),
    ),
  );
  return compareFleet(compareDumps(dumps)).map(({ group, median, outliers }) => {
    return { counts: group.counts, median, outliers };
  });
}

describe("a fleet", () => {
  it("shows the host that has far more than the others first, before stacks that are large everywhere", () => {
    expect(fleet({ busy: [400, 420, 390, 410], leaky: [3, 4, 250, 3] })).toEqual([
      { counts: [3, 4, 250, 3], median: 3, outliers: [2] },
      { counts: [400, 420, 390, 410], median: 400, outliers: [] },
      { counts: [1, 1, 1, 1], median: 1, outliers: [] },
    ]);
  });

  it("names all hosts that stand out, the worst first", () => {
    expect(fleet({ leaky: [2, 2, 100, 2, 300, 2] })[0]?.outliers).toEqual([4, 2]);
  });

  it("takes no host for an outlier when their loads differ anyway", () => {
    expect(fleet({ load: [10, 35, 60, 20, 45, 80] })[0]?.outliers).toEqual([]);
  });

  it("takes a few goroutines for nothing", () => {
    expect(fleet({ few: [0, 0, 0, 8] })[0]?.outliers).toEqual([]);
  });

  it("does not judge two hosts by each other", () => {
    expect(fleet({ leaky: [2, 300] })[0]?.outliers).toEqual([]);
  });
});

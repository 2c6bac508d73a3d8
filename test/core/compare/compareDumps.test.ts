import { describe, expect, it } from "vitest";
import { compareDumps } from "../../../server/src/core/compare/compareDumps.ts";
import type { Snapshot } from "../../../server/src/core/compare/comparison.ts";
import { findInSeries } from "../../../server/src/core/compare/seriesRules.ts";
import { inTimeOrder, timeOf } from "../../../server/src/core/compare/snapshotOrder.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { english } from "../../../server/src/core/text/say.ts";

interface Stack {
  readonly ids: readonly number[];
  readonly state?: string;
  readonly function?: string;
  readonly line?: number;
}

function traceback(stacks: readonly Stack[]): string {
  return stacks
    .flatMap(({ ids, state = "chan send", function: name = "main.leak", line = 7 }) =>
      ids.map((id) => `goroutine ${id} [${state}]:\n${name}(0xc00001234${id % 10})\n\t/src/main.go:${line} +0x1d\n`),
    )
    .join("\n");
}

function profile(count: number): string {
  return `goroutine profile: total ${count}\n${count} @ 0x1 0x2\n#\t0x1\tmain.leak+0x1d\t/src/main.go:7\n`;
}

function snapshot(text: string, minute: number | null = null): Snapshot {
  const [dump] = readDumps(encodeUtf8(text)).dumps;
  if (dump === undefined) throw new Error("the text holds no dump");
  return { dump, groups: groupGoroutines(dump, { byLabels: false }), time: minute === null ? null : minute * 60_000 };
}

function idRange(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

function series(...counts: readonly number[]): readonly Snapshot[] {
  return counts.map((count, minute) => snapshot(traceback([{ ids: idRange(1, count) }]), minute));
}

function changes(snapshots: readonly Snapshot[]) {
  return compareDumps(snapshots).groups.map(({ change, counts, match }) => ({ change, counts, match }));
}

describe("comparing dumps", () => {
  it("tells what grew, shrank, came, went and stayed, largest growth first", () => {
    const before = [
      { ids: idRange(1, 5), function: "main.grows" },
      { ids: idRange(10, 5), function: "main.shrinks" },
      { ids: idRange(20, 2), function: "main.goes" },
      { ids: idRange(30, 3), function: "main.stays" },
    ];
    const after = [
      { ids: idRange(1, 9), function: "main.grows" },
      { ids: idRange(10, 4), function: "main.shrinks" },
      { ids: idRange(30, 3), function: "main.stays" },
      { ids: idRange(40, 2), function: "main.comes" },
    ];
    expect(changes([snapshot(traceback(before)), snapshot(traceback(after))])).toEqual([
      { change: "grown", counts: [5, 9], match: "exact" },
      { change: "new", counts: [0, 2], match: "exact" },
      { change: "same", counts: [3, 3], match: "exact" },
      { change: "shrunk", counts: [5, 4], match: "exact" },
      { change: "gone", counts: [2, 0], match: "exact" },
    ]);
  });

  it("matches stacks across forms", () => {
    const mixed = [snapshot(traceback([{ ids: idRange(1, 4) }])), snapshot(profile(6))];
    expect(changes(mixed)).toEqual([{ change: "grown", counts: [4, 6], match: "exact" }]);
  });

  it("matches another build by its functions when the lines have shifted", () => {
    const builds = [
      snapshot(traceback([{ ids: idRange(1, 4), function: "main.leak.func1", line: 7 }])),
      snapshot(traceback([{ ids: idRange(1, 6), function: "main.leak.func2", line: 9 }])),
    ];
    expect(changes(builds)).toEqual([{ change: "grown", counts: [4, 6], match: "functions" }]);
  });

  it("keeps two places of one function apart", () => {
    const places = [
      snapshot(
        traceback([
          { ids: idRange(1, 4), line: 7 },
          { ids: idRange(11, 4), line: 9 },
        ]),
      ),
      snapshot(
        traceback([
          { ids: idRange(1, 4), line: 7 },
          { ids: idRange(11, 6), line: 9 },
        ]),
      ),
    ];
    expect(changes(places).map(({ counts }) => counts)).toEqual([
      [4, 6],
      [4, 4],
    ]);
  });

  it("says that goroutines are stuck when the same ones wait on as long as the clock says", () => {
    const stuck = [
      snapshot(traceback([{ ids: [5, 6], state: "chan send, 3 minutes" }]), 0),
      snapshot(traceback([{ ids: [5, 6], state: "chan send, 13 minutes" }]), 10),
    ];
    expect(changes(stuck)[0]?.change).toBe("stuck");
    const served = [
      snapshot(traceback([{ ids: [5, 6], state: "chan send, 3 minutes" }]), 0),
      snapshot(traceback([{ ids: [5, 6], state: "chan send, 4 minutes" }]), 10),
    ];
    expect(changes(served)[0]?.change).toBe("same");
  });

  it("gives the rate of growth when the times are known", () => {
    const pair = [snapshot(traceback([{ ids: idRange(1, 4) }]), 0), snapshot(traceback([{ ids: idRange(1, 24) }]), 5)];
    expect(compareDumps(pair).groups[0]?.perMinute).toBe(4);
  });
});

describe("what a series shows", () => {
  it("is sure of a leak when the count rises at every step of three dumps and nobody leaves", () => {
    const [finding] = findInSeries(compareDumps(series(100, 150, 200)));
    expect(finding).toMatchObject({ rule: "growing", certainty: "strong", count: 200 });
    expect(finding?.evidence.map(english)).toContain("All 100 of the first dump are still there in the last.");
  });

  it("only suspects one over two dumps", () => {
    expect(findInSeries(compareDumps(series(100, 150)))).toMatchObject([{ rule: "growing", certainty: "suspect" }]);
  });

  it("says nothing of ups and downs, nor of a few more", () => {
    expect(findInSeries(compareDumps(series(100, 90, 200)))).toEqual([]);
    expect(findInSeries(compareDumps(series(100, 101, 102)))).toEqual([]);
  });

  it("only suspects growing traffic: other goroutines stand there each time", () => {
    const traffic = [idRange(1, 100), idRange(1001, 150), idRange(2001, 200)].map((each) =>
      snapshot(traceback([{ ids: each }])),
    );
    expect(findInSeries(compareDumps(traffic))).toMatchObject([{ certainty: "suspect" }]);
  });

  it("says nothing of goroutines that run or wait for the network", () => {
    const reading = [50, 100, 150].map((count) => snapshot(traceback([{ ids: idRange(1, count), state: "IO wait" }])));
    expect(findInSeries(compareDumps(reading))).toEqual([]);
  });
});

describe("the time of a dump", () => {
  it.each([
    ["what the dump says", "2026-11-21T03:27:14Z", "a.txt", Date.UTC(2026, 10, 21, 3, 27, 14)],
    ["a time in the file's name", null, "/tmp/dump-20261121-032714Z.txt", Date.UTC(2026, 10, 21, 3, 27, 14)],
    ["seconds since 1970 in the name", null, "goroutine.1700000000.txt", 1_700_000_000_000],
    ["nothing", null, "dump.txt", null],
  ])("is taken from %s", (_, time, file, expected) => {
    expect(timeOf({ time, file })).toBe(expected);
  });

  it("orders a series only when all times are known", () => {
    expect(inTimeOrder([{ time: 2 }, { time: 1 }])).toEqual([{ time: 1 }, { time: 2 }]);
    expect(inTimeOrder([{ time: 2 }, { time: null }, { time: 1 }])).toEqual([{ time: 2 }, { time: null }, { time: 1 }]);
  });
});

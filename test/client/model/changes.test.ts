import { describe, expect, it } from "vitest";
import { changesTree } from "../../../client/src/model/changesTree.ts";
import { countsText, differenceText, rateText } from "../../../client/src/model/changeTexts.ts";
import { chartData, readChartMessage, tickText } from "../../../client/src/model/chartData.ts";
import { comparisonText } from "../../../client/src/model/comparisonText.ts";
import { isDumpFileName, naturalOrder } from "../../../client/src/model/dumpFileNames.ts";
import { moved } from "../../../client/src/model/moved.ts";
import { comparedStack, comparison } from "../../support/comparison.ts";
import { english } from "../../support/localizer.ts";

describe("counts side by side", () => {
  it.each([
    [[1500, 2400, 5000], "1,500 → 2,400 → 5,000"],
    [[7], "7"],
    [[1, 2, 3, 4, 5, 6, 7, 8], "1 → 2 → … → 6 → 7 → 8"],
  ])("%j is %s", (counts, text) => {
    expect(countsText(counts)).toBe(text);
  });

  it.each([
    [[1500, 2400, 5000], "+3,500"],
    [[0, 0, 1], "+1"],
    [[5000, 7000, 3], "-4,997"],
    [[7, 9, 7], ""],
    [[7], ""],
  ])("%j come to %j", (counts, text) => {
    expect(differenceText(counts)).toBe(text);
  });

  it.each([
    [58, "+58/min"],
    [1750.4, "+1,750/min"],
    [0.25, "+0.3/min"],
    [-3.5, "-3.5/min"],
    [0, ""],
    [null, ""],
  ])("a rate of %s is %j", (rate, text) => {
    expect(rateText(rate)).toBe(text);
  });
});

describe("the tree of changes", () => {
  const tree = changesTree(comparison, english);

  it("has the findings on top, then the dumps, then the stacks, then what is left out", () => {
    expect(tree.map(({ kind, label }) => `${kind}: ${label}`)).toEqual([
      "findings: Findings",
      "dumps: Compared Dumps",
      "problem: notes.txt: holds no goroutines",
      "stack: ws.(*Hub).deliver",
      "stack: main.main",
      "more: More stacks: 7",
    ]);
  });

  it("tells of a stack the counts, the rate, the state and the wait, to a screen reader the change as well", () => {
    const stack = tree.find(({ kind }) => kind === "stack");

    expect(stack?.description).toBe("+3,500, 1,500 → 5,000, +58/min, chan send, at least 4 min");
    expect(stack?.speech).toMatch(/^Grown, ws\.\(\*Hub\)\.deliver, /);
    expect(stack?.icon.id).toBe("arrow-up");
    expect(stack?.children.map(({ label }) => label)).toEqual([
      "github.com/acme/shop/ws.(*Hub).deliver",
      "created by main.start",
    ]);
  });

  it("leads from a finding to the source, and knows the dump it is of", () => {
    const finding = tree[0]?.children[0];

    expect(finding).toMatchObject({ frame: { line: 58 }, dump: "file:///w/b.dump" });
    expect(finding).toMatchObject({ label: "hub.go:58", description: "Goroutines pile up" });
    expect(finding?.children.map(({ label }) => label)).toEqual([
      "Goroutines pile up.",
      "All 1,500 of the first dump are still there.",
    ]);
  });

  it("names the hosts that stand out of a fleet, and what is usual", () => {
    const stack = comparedStack({ change: "outlier", counts: [3, 250], outliers: [1], perMinute: null });
    const [, , , node] = changesTree({ ...comparison, stacks: [stack] }, english);

    expect(node?.description).toBe("b.dump: 250, usually 3, chan send, at least 4 min");
    const many = comparedStack({ change: "outlier", counts: [3, 4, 5, 6, 7], outliers: [0, 1, 2, 3] });
    expect(changesTree({ ...comparison, stacks: [many] }, english)[3]?.description).toContain("1 more host, usually 5");
  });
});

/** What stands at the axis. */
const labels = (names: readonly string[], time: number | null = null, kind: "series" | "fleet" = "series") => {
  const dumps = names.map((name) => ({ ...comparison.dumps[0]!, name, time }));
  return chartData({ title: "", result: { ...comparison, dumps }, kind }, false, english).dumps.map(
    (dump) => dump.label,
  );
};

/** What is said of a stack, each with the head of its column. */
const columnsOf = (perMinute: number | null) => {
  const result = { ...comparison, stacks: [comparedStack({ perMinute })] };
  const { columns, stacks } = chartData({ title: "", result, kind: "series" }, false, english);
  return columns.map((column, index) => `${column}: ${stacks[0]?.said[index]}`);
};

describe("the chart", () => {
  const shown = { title: "2 files", result: comparison, kind: "series" as const };

  it("has a time axis where the times are known and rise, else the dumps' numbers", () => {
    expect(chartData(shown, false, english)).toMatchObject({ hasTimes: true, x: [60, 120] });
    const dumps = comparison.dumps.map((dump) => ({ ...dump, time: null }));
    const timeless = { ...shown, result: { ...comparison, dumps } };
    expect(chartData(timeless, false, english)).toMatchObject({ hasTimes: false, x: [0, 1] });
    expect(chartData({ ...shown, kind: "fleet" }, false, english)).toMatchObject({ hasTimes: false });
  });

  it("has the dumps' short names at the axis, their time of the day, or numbers where names are long", () => {
    expect(labels(["t0.debug1.txt", "t1.pb.gz", "t2.debug2.txt.gz"])).toEqual(["t0", "t1", "t2"]);
    expect(labels(["app.1.dump", "app.2.dump"])).toEqual(["app.1.dump", "app.2.dump"]);
    expect(labels([".dump", "b.dump"])).toEqual([".dump", "b"]);
    expect(labels(["before-the-release-of-may.dump", "after.dump"])).toEqual(["1", "2"]);
    expect(labels(["a.dump"], 60_000)).toEqual(["00:01:00Z"]);
    expect(labels(["api-1.eu.example.com", "api-2.eu.example.com"], null, "fleet")).toEqual([
      "api-1.eu.example.com",
      "api-2.eu.example.com",
    ]);
  });

  it("marks the time axis as the table has it, and by days where days lie between", () => {
    expect(tickText(1_763_683_143, 5)).toBe("23:59:03Z");
    expect(tickText(1_763_683_143, 86_400)).toBe("2025-11-20");
  });

  it("has a column for the rate where one is known", () => {
    const others = ["Place: hub.go:58", "State: chan send", "Change: Grown"];
    expect(columnsOf(58)).toEqual([...others, "Rate: +58/min"]);
    expect(columnsOf(null)).toEqual(others);
  });

  it("leaves out lines that would lie on the axis, and keeps the stacks' numbers", () => {
    const stacks = [comparedStack({ counts: [1, 1] }), comparedStack({ counts: [10, 900] })];

    const data = chartData({ ...shown, result: { ...comparison, stacks } }, false, english);

    expect(data.stacks.map(({ index }) => index)).toEqual([1]);
  });

  it("obeys only what it knows", () => {
    expect(readChartMessage({ kind: "stop" })).toEqual({ kind: "stop" });
    expect(readChartMessage({ kind: "openSource", index: 2 })).toEqual({ kind: "openSource", index: 2 });
    for (const other of [null, "stop", {}, { kind: "openSource" }, { kind: "run", command: "x" }]) {
      expect(readChartMessage(other)).toBeUndefined();
    }
  });
});

describe("the comparison as a text", () => {
  it("reads from findings to stacks, by what became of them", () => {
    expect(comparisonText("2 files", comparison, english)).toBe(
      [
        "2 files",
        "=======",
        "",
        "  1. a.dump, 1970-01-01 00:01:00Z, 1,501 goroutines",
        "  2. b.dump, 1970-01-01 00:02:00Z, 5,001 goroutines",
        "  ! notes.txt: holds no goroutines",
        "",
        "[strong] Goroutines pile up.",
        "  - All 1,500 of the first dump are still there.",
        "",
        "Grown: 1",
        "--------",
        "",
        "1,500 → 5,000  +58/min, chan send, at least 4 min",
        "  github.com/acme/shop/ws.(*Hub).deliver",
        "      /src/ws/hub.go:58",
        "  created by main.start",
        "",
        "Unchanged: 1",
        "------------",
        "",
        "1 → 1",
        "  (matched by functions alone: the builds differ)",
        "  main.main",
        "      /src/main.go:9",
        "",
        "Stacks not listed: 7. Show more in the view Changes.",
        "",
      ].join("\n"),
    );
  });
});

describe("a folder of dumps", () => {
  it("is read in natural order, without what is no dump", () => {
    const names = [
      "t10.dump",
      "t2.dump",
      "goroutine.txt",
      "x.pb.gz",
      "main.go",
      ".hidden.dump",
      "README.md",
      "y.debug2.txt.gz",
    ];

    expect(names.filter(isDumpFileName).sort(naturalOrder)).toEqual([
      "goroutine.txt",
      "t2.dump",
      "t10.dump",
      "x.pb.gz",
      "y.debug2.txt.gz",
    ]);
  });
});

it("a dump moves within the order, and stays at its ends", () => {
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
});

import { describe, expect, test } from "vitest";
import { jsonReport } from "../../../server/src/service/report/jsonReport.ts";
import type { FindingReport, GroupReport } from "../../../server/src/output/report.ts";
import type { LazyDumpReport, LazyReport } from "../../../server/src/service/report/lazyReport.ts";

const group = (count: number): GroupReport => ({
  count,
  state: "select",
  waitMinutes: null,
  frames: [{ function: "main.f", file: "/a.go", line: count, resolved: null }],
  createdBy: null,
  goroutineIds: [count],
  labels: null,
});

const finding = (title: string): FindingReport => ({
  rule: "stuck",
  certainty: "strong",
  evidenceClass: "stuck",
  title,
  message: "It does not move.",
  count: 1,
  goroutineIds: [7],
  file: "/main.go",
  line: 1,
  resolved: null,
  dumpLine: 3,
  evidence: ["It waits."],
  root: null,
  cycle: null,
});

const dump = (groups: LazyDumpReport["groups"]): LazyDumpReport => ({
  file: "a.dump",
  form: "traceback",
  startLine: 1,
  goVersion: null,
  coverage: { kind: "whole", reason: "All goroutines of the process are in it." },
  goroutines: 3,
  states: { select: 3 },
  groups,
  findings: [],
  notes: [],
});

/** A list that can only be gone through, as the report of a dump has it. */
const listOf = (length: number): LazyDumpReport["groups"] => ({
  length,
  *[Symbol.iterator]() {
    for (let count = 1; count <= length; count++) yield group(count);
  },
});

const reportOf = (groups: LazyDumpReport["groups"]): LazyReport => ({
  version: 1,
  dumps: [dump(groups), dump(groups)],
  comparison: null,
});

const parse = (report: LazyReport): unknown => JSON.parse([...jsonReport(report)].join(""));

describe("the report as JSON", () => {
  test("is the report, its groups as a list", () => {
    expect(parse(reportOf(listOf(3)))).toEqual(reportOf([group(1), group(2), group(3)]));
    expect(parse(reportOf(listOf(0)))).toEqual(reportOf([]));
  });

  test("has a comparison, and no dumps where there are none", () => {
    const compared = { ...group(2), change: "grown" as const, counts: [1, 2], perMinute: null };
    const report: LazyReport = { version: 1, dumps: [], comparison: { groups: [compared] } };
    expect(parse(report)).toEqual(report);
  });

  test("has findings that are made while it is printed as it has those of a list", () => {
    const findings = [finding("main.go:1"), { ...finding("main.go:2"), evidence: [], cycle: [1, 2] }];
    const texts = [findings, new Set(findings)].map((each) =>
      [...jsonReport({ ...reportOf(listOf(1)), dumps: [{ ...dump(listOf(1)), findings: each }] })].join(""),
    );
    expect(texts[1]).toBe(texts[0]);
    expect(JSON.parse(texts[1]!)).toMatchObject({ dumps: [{ findings }] });
    expect(texts[1]).toContain(JSON.stringify({ findings }, null, 2).slice(2, -2));
  });

  test("has each group as `JSON.stringify` has it, with frames of any kind", () => {
    const frames = [
      { function: "main.f", file: null, line: null, resolved: null },
      { function: 'main."g"\u001b', file: "C:\\a.go", line: 7, resolved: null },
      { function: "main.h", file: "/a.go", line: 8, resolved: "/here/a.go", resolvedBy: "GOROOT", revision: null },
    ];
    const groups = frames.map((createdBy) => ({ ...group(1), frames, createdBy }));
    const text = [...jsonReport(reportOf(groups))].join("");
    for (const each of groups) expect(text.split(/,?\n/)).toContain(JSON.stringify(each));
  });

  test("comes in pieces, each group on a line of its own", () => {
    const pieces = [...jsonReport({ version: 1, dumps: [dump(listOf(5_000))], comparison: null })];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
    const lines = pieces.join("").split("\n");
    expect(lines.filter((line) => line.startsWith('{"count":'))).toHaveLength(5_000);
  });
});

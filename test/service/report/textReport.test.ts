import { describe, expect, it } from "vitest";
import { textReport } from "../../../server/src/service/report/textReport.ts";
import type { Report } from "../../../server/src/output/report.ts";
import { groupReport, reportOf } from "../../support/report.ts";

const textOf = (report: Report): string => textReport(report, { groups: 10, style: (_, text) => text });

describe("the report as text", () => {
  it("names the goroutines of a group, and says when there are more of them", () => {
    const one = groupReport({ count: 1, goroutineIds: [7] });
    const two = groupReport({ count: 2, goroutineIds: [7, 9] });
    const many = groupReport({ count: 30, goroutineIds: [7, 9] });

    const heads = textOf(reportOf({ groups: [one, two, many] })).match(/goroutines? 7.*$/gm);

    expect(heads).toEqual(["goroutine 7", "goroutines 7, 9", "goroutines 7, 9, ..."]);
  });

  it("folds a frame that calls itself", () => {
    const frame = { function: "main.walk", file: "/src/a.go", line: 7, resolved: null };
    const text = textOf(reportOf({ groups: [groupReport({ frames: [frame, frame, frame] })] }));

    expect(text.match(/main\.walk.*$/gm)).toEqual(["main.walk  /src/a.go:7  (3 times)"]);
  });

  it("says how many groups it leaves out", () => {
    const groups = Array.from({ length: 13 }, () => groupReport());

    expect(textOf(reportOf({ groups }))).toContain("... and 3 more groups; --format json lists them all.");
  });
});

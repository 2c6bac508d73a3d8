import { describe, expect, it } from "vitest";
import { markdownSummary } from "../../../server/src/service/report/markdownSummary.ts";
import type { Report } from "../../../server/src/output/report.ts";
import { dumpReport, findingReport, groupReport, reportOf } from "../../support/report.ts";

const summaryOf = (report: Report): string => markdownSummary(report, (path) => path.replace("/checkout/", ""));

describe("the summary as Markdown", () => {
  it("names findings, states and groups, with the places of the source where they were found", () => {
    const frames = [{ function: "main.f", file: "/src/a.go", line: 7, resolved: "/checkout/a.go" }];
    const text = summaryOf(
      reportOf({
        goroutines: 3,
        states: { select: 1, "chan send": 2 },
        groups: [groupReport({ count: 3, frames, waitMinutes: { min: 2, max: 5 } })],
        findings: [findingReport({ resolved: "/checkout/a.go", line: 7, evidence: ["Seen twice"] })],
        coverage: { kind: "excerpt", reason: "Only a part" },
        notes: [{ kind: "cut", line: 9, message: "cut" }],
      }),
    );

    expect(text).toContain("3 goroutines · distinct stacks\\: 1");
    expect(text).toMatch(/^Only a part$/m);
    expect(text).toMatch(/^Line 9\\: cut$/m);
    expect(text).toMatch(/^#### Leak \\\(strong\\\)$/m);
    expect(text).toMatch(/^- Seen twice\n- at ` a\.go:7 `$/m);
    expect(text).toContain("| chan send | 2 |\n| select | 1 |");
    expect(text).toContain("main.f\n    a.go:7\n");
  });

  it("shows of a series how each stack went on", () => {
    const compared = { ...groupReport(), change: "grown" as const, counts: [1, 9], perMinute: null };
    const same = { ...groupReport(), change: "same" as const, counts: [1, 1], perMinute: null };
    const dumps = [dumpReport({ file: "a.dump" }), dumpReport({ file: "-" })];
    const text = summaryOf({ version: 1, dumps, comparison: { groups: [compared, same] } });

    expect(text).toMatch(/^\| Stack \| a\\\.dump \| standard input \|\n\| --- \| ---: \| ---: \|$/m);
    expect(text.match(/^\| \w+\\: main/gm)).toEqual([String.raw`| grown\: main`]);
    expect(text).toContain("| 1 | 9 |");
  });

  it("says so when there is no dump", () => {
    expect(summaryOf({ version: 1, dumps: [], comparison: null })).toBe("No goroutine dump found.\n");
  });

  it("ends within what GitHub takes, and says so, with no block left open", () => {
    const evidence = Array.from({ length: 30 }, () => "`@&".repeat(1000));
    const findings = Array.from({ length: 60 }, () => findingReport({ evidence }));
    const groups = Array.from({ length: 60 }, () =>
      groupReport({ frames: [{ function: "```<".repeat(1000), file: null, line: null, resolved: null }] }),
    );
    const text = summaryOf({ version: 1, dumps: [dumpReport({ groups }), dumpReport({ findings })], comparison: null });

    expect(new TextEncoder().encode(text).length).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/\n\nThe summary ends here, at its limit of 300000 characters; --format json has all\.\n$/);
    expect(text.match(/<details>/g)).toHaveLength(10);
    expect(text.match(/<\/details>/g)).toHaveLength(10);
  });

  it("says how many findings and groups it leaves out", () => {
    const findings = Array.from({ length: 53 }, () => findingReport());
    const groups = Array.from({ length: 13 }, () => groupReport());
    const text = summaryOf(reportOf({ findings, groups }));

    expect(text).toContain("... and 3 more findings.");
    expect(text).toContain("... and 3 more groups.");
  });
});

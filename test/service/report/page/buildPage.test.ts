import { describe, expect, it } from "vitest";
import type { DumpReportPage } from "../../../../server/src/protocol/index.ts";
import { markdownReport } from "../../../../server/src/service/report/page/markdownReport.ts";
import { fixture, noToken } from "../../../support/openText.ts";
import { dumpDocument, serviceBench } from "../../../support/serviceBench.ts";

async function pageOf(text: string, filter = "", index = 0): Promise<DumpReportPage> {
  const page = await serviceBench().service.report(dumpDocument(text), index, filter, noToken);
  if (page === null) throw new Error("there is no report");
  return page;
}

const sample = fixture("workspaces/okx/deadlock.dump");
const goroutine = (id: number, state: string, name = "main.f") =>
  `goroutine ${id} [${state}]:\n${name}()\n\t/src/main.go:1 +0x1\n`;

describe("the page of a report", () => {
  it("tells totals, states, waits, findings, groups and who waits for whom of the sample", async () => {
    const page = await pageOf(sample);

    expect(page).toMatchObject({ name: "test.dump", index: 0, dumps: 1, total: 12, shown: 12, filterError: null });
    expect(page.states.items[0]).toEqual({ state: "IO wait", class: "io", count: 6 });
    expect(page.waits).toContainEqual({ from: 60, to: 179, count: 1 });
    expect(page.findings.items).toMatchObject([{ rule: "lock-held-while-blocked", certainty: "strong", line: 188 }]);
    expect(page.groups.items[0]).toMatchObject({ title: "kline.(*MarketManager).check", count: 3, finding: 0 });
    expect(page.waitGraph.nodes.filter(({ isRoot }) => isRoot)).toMatchObject([{ title: "goroutine 45" }]);
    expect(page.tree.count[0]).toBe(12);
  });

  it("numbers frames so that a click finds them: package, name, file and line", async () => {
    const { frames, findings } = await pageOf(sample);
    const frame = findings.items[0]?.frame ?? -1;

    expect(frames.packages[frames.package[frame]!]).toMatch(/ws$/);
    expect(frames.names[frames.name[frame]!]).toBe("(*ClientWs).Send");
    expect(frames.files[frames.file[frame]!]).toMatch(/client\.go$/);
    expect(frames.line[frame]).toBe(199);
  });

  it("counts the goroutines that the filter lets through, and the findings about them", async () => {
    const text = [goroutine(1, "select"), goroutine(2, "chan receive (nil chan)", "main.g")].join("\n");

    expect(await pageOf(text, "state:select")).toMatchObject({ total: 2, shown: 1, findings: { items: [] } });
    const filtered = await pageOf(text, "func:main.g");
    expect(filtered).toMatchObject({ shown: 1, stacks: 1, findings: { items: [{ rule: "nil-channel" }] } });
    expect(filtered.tree.count).toEqual([1, 1]);
    expect(await pageOf(text, "wait:x")).toMatchObject({ shown: 2, filterError: expect.stringContaining("number") });
  });

  it("is null for a dump that is not there", async () => {
    expect(await serviceBench().service.report(dumpDocument(sample), 1, "", noToken)).toBe(null);
  });

  it("stays below two megabytes, whatever the dump holds", async () => {
    const long = "x".repeat(600);
    const goroutines = Array.from({ length: 1000 }, (_, index) => {
      const calls = Array.from(
        { length: 5 },
        (__, call) => `example.com/${long}${index}.f${call}()\n\t/${long}/${index}.go:1`,
      );
      return `goroutine ${index + 1} [select] {k${index}: ${long}${index}}:\n${calls.join("\n")}\n`;
    });
    const page = await pageOf(goroutines.join("\n"));

    expect(JSON.stringify(page).length).toBeLessThan(2_000_000);
    expect(page.tree.frame).toHaveLength(3000);
    expect(page.tree.more).toBe(2001);
    expect(page.labels.more).toBe(992);
  });
});

describe("the report as Markdown", () => {
  it("has the findings with their evidence, and the stacks of the largest groups", async () => {
    const text = markdownReport(await pageOf(sample));

    expect(text).toContain("12 goroutines · distinct stacks\\: 9");
    expect(text).toMatch(/^- Goroutine 45 is past the place/m);
    expect(text).toContain("(*MarketManager).check");
  });

  it("lets no text of the dump become markup", async () => {
    const name = "main.<img src=x onerror=alert(1)>```[a](http://evil)";
    const text = markdownReport(await pageOf(goroutine(1, "chan receive (nil chan)", name)));
    const outside = text.replace(/^(`{3,})\n[\s\S]*?^\1$/gm, "");

    expect(outside).not.toMatch(/(?<!\\)(?:<img|\[a)/);
    // A run of backticks in the dump does not end the block of code.
    expect(text.match(/^`{4}$/gm)).toHaveLength(2);
    expect(text).not.toMatch(/^`{3}$/m);
  });
});

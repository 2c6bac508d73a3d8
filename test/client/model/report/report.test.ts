import { describe, expect, it } from "vitest";
import { type CallNode, callTree, countMatching, pathTo } from "../../../../client/src/model/report/callTree.ts";
import { alongChains } from "../../../../client/src/model/report/chains.ts";
import { Colors } from "../../../../client/src/model/report/colors.ts";
import { exportNames } from "../../../../client/src/model/report/exportName.ts";
import { callText, frameRefOf, shorterNames } from "../../../../client/src/model/report/frames.ts";
import { readReportMessage } from "../../../../client/src/model/report/pageData.ts";
import { sceneSvg } from "../../../../client/src/model/report/scene.ts";
import { type DumpReportPage, reportPage } from "../../../../server/src/protocol/index.ts";
import { tellsWaits, waitText } from "../../../../client/src/model/report/waitText.ts";
import { english } from "../../../support/localizer.ts";
import { noToken } from "../../../support/openText.ts";
import { dumpDocument, serviceBench } from "../../../support/serviceBench.ts";

async function pageOf(...stacks: readonly (readonly string[])[]): Promise<DumpReportPage> {
  const blocks = stacks.map((calls, index) => {
    const frames = calls.map((call) => `${call}()\n\t/src/${call.replace(/\W/g, "")}.go:${index + 1}`);
    return `goroutine ${index + 1} [select]:\n${frames.join("\n")}\n`;
  });
  const page = await serviceBench().service.report(dumpDocument(blocks.join("\n")), 0, "", noToken);
  return page!;
}

const draw = (page: DumpReportPage, node: CallNode): unknown =>
  node.frame < 0 || node.children.length > 0
    ? { [node.frame < 0 ? "root" : callText(page.frames, node.frame)]: node.children.map((child) => draw(page, child)) }
    : callText(page.frames, node.frame);

describe("the tree of calls that is shown", () => {
  it("has the runtime's calls only when asked for: those at both ends, never those between", async () => {
    const page = await pageOf([
      "runtime.gopark",
      "runtime.selectgo",
      "main.f",
      "runtime.call32",
      "main.g",
      "runtime.main",
    ]);

    expect(draw(page, callTree(page, false))).toEqual({
      root: [{ "main.g maing.go:1": [{ "runtime.call32 runtimecall32.go:1": ["main.f mainf.go:1"] }] }],
    });
    expect(JSON.stringify(draw(page, callTree(page, true)))).toContain("runtime.gopark");
  });

  it("counts each goroutine that a search finds once, in whatever of its calls", async () => {
    const page = await pageOf(["main.f", "main.f2", "main.g"], ["main.h", "main.g"], ["main.x", "main.y"]);
    const root = callTree(page, false);
    const count = (text: string) =>
      countMatching(root, ({ frame }) => frame >= 0 && callText(page.frames, frame).includes(text));

    expect([count("main.f"), count("main.g"), count("main"), count("nowhere")]).toEqual([1, 2, 3, 0]);
  });

  it("finds the way to a call", async () => {
    const page = await pageOf(["main.f", "main.g"], ["main.h", "main.g"]);
    const root = callTree(page, false);
    const last = root.children.at(-1)!;

    expect(pathTo(root, last.id).map(({ id }) => id)).toEqual([0, last.id]);
    expect(pathTo(root, 99)).toEqual([]);
  });
});

describe("colours", () => {
  it("tell states, packages and findings apart, with a legend", async () => {
    const page = await pageOf(["main.f"], ["example.com/a.g"]);
    const [first, second] = callTree(page, false).children;
    const of = (by: "state" | "package" | "finding") => {
      const colors = new Colors(page, by);
      const legend = colors.legend((name) => name, { proven: "p", strong: "s", suspect: "?", none: "none" });
      return { same: colors.of(first!) === colors.of(second!), legend: legend.map(({ text }) => text) };
    };

    expect(of("state")).toEqual({ same: true, legend: ["select"] });
    expect(of("package")).toEqual({ same: false, legend: ["main", "example.com/a"] });
    expect(of("finding")).toEqual({ same: true, legend: ["none"] });
  });
});

const edge = (from: number, to: number) => ({ from, to, kind: "waits" as const, isGuess: false });

describe("who waits for whom", () => {
  it("is told along each chain, from those for whom nobody waits to what ends it", () => {
    const [ends, held, first, second] = [edge(1, 2), edge(0, 1), edge(3, 0), edge(4, 0)];

    expect(alongChains([ends, held, first, second])).toEqual([first, held, ends, second]);
  });

  it("tells a circle once", () => {
    const [there, back, into] = [edge(0, 1), edge(1, 0), edge(2, 1)];

    expect(alongChains([there, back])).toEqual([there, back]);
    expect(alongChains([there, back, into])).toEqual([into, back, there]);
  });
});

it.each([
  [null, 0, "not printed: under a minute"],
  [1, 1, "1 min"],
  [2, 4, "2 to 4 min"],
  [60, 179, "1 to 3 h"],
  [180, 719, "3 to 12 h"],
  [720, null, "12 h and more"],
  [90, null, "90 min and more"],
])("a wait of %j to %j minutes is told in what people count in", (from, to, text) => {
  expect(waitText({ from, to }, english)).toBe(text);
});

describe("a frame by its number", () => {
  it("is called the shorter the less room there is", async () => {
    const { frames } = await pageOf(["example.com/a/ws.(*Hub).deliver.func1", "main.main"]);
    const named = [0, 1].map((frame) => shorterNames(frames, frame));

    expect(named).toContainEqual(["ws.(*Hub).deliver.func1", "(*Hub).deliver.func1", "deliver.func1"]);
    expect(named).toContainEqual(["main.main", "main"]);
  });

  it("is what requests name it", async () => {
    const page = await pageOf(["gopkg.in/yaml%2ev3.(*T).f"]);

    expect(frameRefOf(page.frames, 0)).toEqual({
      function: "gopkg.in/yaml%2ev3.(*T).f",
      file: "/src/gopkginyaml2ev3Tf.go",
      line: 1,
    });
    expect(frameRefOf(page.frames, 9)).toBeUndefined();
  });
});

describe("what comes from the page", () => {
  it.each([
    { kind: "ready" },
    { kind: "openFrame", frame: 3 },
    { kind: "filter", text: "state:chan" },
    { kind: "savePicture", format: "svg", content: "<svg/>" },
  ])("is read: $kind", (message) => {
    expect(readReportMessage(message)).toEqual(message);
  });

  it.each([
    null,
    "ready",
    { kind: "run" },
    { kind: "openFrame", frame: -1 },
    { kind: "openLine", line: "1" },
    { kind: "savePicture", format: "exe", content: "" },
  ])("is not read: %j", (message) => {
    expect(readReportMessage(message)).toBeUndefined();
  });
});

describe("the page as a file", () => {
  it("holds its data and its script so that nothing within them ends their elements", () => {
    const data = { text: "</script><script>alert(1)</script><!-- $& \u2028" };
    const html = reportPage('run("</script><!--")', "abc", data);
    const json = /json" id="report-data">(.*?)<\/script>/s.exec(html)?.[1] ?? "";

    expect(html.match(/<\/script/g)).toHaveLength(2);
    expect(html).not.toContain("<!--");
    expect(JSON.parse(json)).toEqual(data);
    expect(html).toContain("script-src 'nonce-abc'");
  });

  it("has no data when they come as messages", () => {
    expect(reportPage("", "abc", null)).toContain('id="report-data"></script>');
  });
});

it("a picture as SVG escapes what it quotes", () => {
  const text = { kind: "text", x: 1, y: 2, text: '</text><script>"&\u0007', fill: '"><script>' } as const;
  const svg = sceneSvg({ width: 10, height: 10, shapes: [text] }, "#fff", "sans");

  expect(svg).not.toContain("<script>");
  expect(svg).toContain("&lt;/text&gt;&lt;script&gt;&quot;&amp;\ufffd");
});

it("an exported file is called after its dump", () => {
  expect(exportNames("/a/b/my.dump", "html")).toEqual({ name: "my.report.html", filters: { HTML: ["html"] } });
  expect(exportNames("/a/.dump", "md").name).toBe("goroutines.report.md");
});

it("a report says nothing of waits in a form that has none", () => {
  const unprinted = { from: null, to: null, count: 7 };
  const printed = { from: 2, to: 4, count: 1 };
  expect(tellsWaits({ form: "profile-text", waits: [unprinted] })).toBe(false);
  expect(tellsWaits({ form: "traceback", waits: [unprinted] })).toBe(true);
  expect(tellsWaits({ form: "goleak", waits: [unprinted, printed] })).toBe(true);
});

import { describe, expect, test } from "vitest";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { GroupBy, NodePathResult, SortBy, TreeNode, TreeResult } from "../../../server/src/protocol/index.ts";
import type { LanguageService } from "../../../server/src/service/languageService.ts";
import { marked } from "../../support/marks.ts";
import { fixture, noToken } from "../../support/openText.ts";
import { dumpDocument, serviceBench } from "../../support/serviceBench.ts";

const DUMP = `goroutine 1 [select, 9 minutes]:
main.main()
	/build/app/main.go:10 +0x1

goroutine 7 [chan receive (nil chan)]:
runtime.gopark(...)
	/go/src/runtime/proc.go:3 +0x1
example.com/app.(*Po|>ol).Run(0xc000010000)
	/build/app/pool.go:4 +0x1
created by main.ma|>in in goroutine 1
	/build/app/main.go:8 +0x1

gorou|>tine 8 [chan receive (nil chan)] {queue: mail}:
runtime.gopark(...)
	/go/src/runtime/proc.go:3 +0x1
example.com/app.(*Pool).Run(0xc000020000)
	/build/app/pool.go:4 +0x1
created by main.main in goroutine 1
	/build/app/main.go:8 +0x1
`;
const { text, cursors } = marked(DUMP);

interface Options {
  readonly groupBy?: GroupBy;
  readonly sortBy?: SortBy;
  readonly filter?: string;
}

/** Asks for nodes as the client does. */
function treeOf(content: string, { groupBy = "stack", sortBy = "count", filter = "" }: Options = {}) {
  const { service } = serviceBench();
  const document = dumpDocument(content);
  const ask = (parent: string | null): Promise<TreeResult> =>
    service.tree(document, parent, { groupBy, sortBy, filter }, noToken);
  return {
    service,
    document,
    ask,
    nodes: async (parent: string | null): Promise<readonly TreeNode[]> => (await ask(parent)).nodes,
  };
}

/** Kind, label and description of nodes, as one sees them. */
function seen(nodes: readonly TreeNode[]): string[] {
  return nodes.map(({ kind, label, description }) => [kind, label, description].filter(Boolean).join(" | "));
}

describe("the top of the tree", () => {
  test("is the findings and the groups, most goroutines first", async () => {
    expect(seen(await treeOf(text).nodes(null))).toEqual([
      "findings | Findings | 1",
      "group | 2× app.(*Pool).Run | chan receive (nil chan)",
      "group | 1× main.main | 9m · select",
      "notes | Notes | 1",
    ]);
  });

  test("says of an excerpt that it is one among its notes", async () => {
    const { nodes } = treeOf(text);
    const notes = (await nodes(null)).at(-1);
    expect((await nodes(notes!.id))[0]?.label).toBe(
      "Excerpt: what is not shown proves nothing. The goroutine that took the dump is not in it.",
    );
  });

  test.each<[GroupBy, string[]]>([
    ["state", ["section | 2× chan receive (nil chan) | 1 stack", "section | 1× select | 1 stack"]],
    ["creator", ["section | 2× main.main at main.go:8 | 1 stack", "section | 1× no creator | 1 stack"]],
    ["package", ["section | 2× app | example.com/app · 1 stack", "section | 1× main | 1 stack"]],
  ])("by %s is sections that hold the groups", async (groupBy, sections) => {
    const { nodes } = treeOf(text, { groupBy });
    const top = await nodes(null);
    expect(seen(top.slice(1, -1))).toEqual(sections);
    expect(seen(await nodes(top[1]!.id))[0]).toContain("app.(*Pool).Run");
  });

  test("of several dumps is the dumps", async () => {
    const { nodes } = treeOf(`${text}\n\n2024-05-01T10:00:00Z once more\n\n${text}`);
    const [first, second] = await nodes(null);
    expect(first).toMatchObject({ kind: "dump", label: "Dump 1" });
    expect(seen(await nodes(second!.id))).toContain("group | 1× main.main | 9m · select");
  });

  test("says when the document holds no goroutines", async () => {
    expect(await treeOf("SELECT 1;").ask(null)).toEqual({ nodes: [], message: "This document holds no goroutines." });
  });
});

describe("a group", () => {
  test("holds its frames, its creator, and its goroutines under a heading", async () => {
    const { nodes } = treeOf(text);
    const group = (await nodes(null))[1]!;
    const inside = await nodes(group.id);
    expect(seen(inside)).toEqual([
      "frame | runtime.gopark | proc.go:3",
      "frame | app.(*Pool).Run | pool.go:4",
      "createdBy | created by main.main | main.go:8",
      "goroutines | 2 goroutines",
    ]);
    expect(inside.map(({ dimmed }) => dimmed)).toEqual([true, false, false, false]);
    expect(inside[1]).toMatchObject({
      frame: { function: "example.com/app.(*Pool).Run", file: "/build/app/pool.go", line: 4 },
      place: { range: { start: { line: 7 } } },
    });
    expect(seen(await nodes(inside[3]!.id))).toEqual([
      "goroutine | goroutine 7",
      "goroutine | goroutine 8 | queue: mail",
    ]);
  });

  test("of one goroutine holds it directly", async () => {
    const { nodes } = treeOf(text);
    expect(seen(await nodes((await nodes(null))[2]!.id))).toEqual([
      "frame | main.main | main.go:10",
      "goroutine | goroutine 1 | at least 9 min",
    ]);
  });

  test("of many gives its goroutines page by page, each once", async () => {
    const many = Array.from(
      { length: 250 },
      (_, id) => `goroutine ${id + 1} [select]:\nmain.f()\n\t/a/b.go:3 +0x1\n`,
    ).join("\n");
    const { nodes } = treeOf(many, { filter: "state:select" });
    const group = (await nodes(null)).find(({ kind }) => kind === "group")!;
    let page = await nodes((await nodes(group.id)).at(-1)!.id);
    const labels: string[] = [];
    while (page.at(-1)?.kind === "more") {
      labels.push(...page.slice(0, -1).map(({ label }) => label));
      page = await nodes(page.at(-1)!.id);
    }
    labels.push(...page.map(({ label }) => label));
    expect(labels).toEqual(Array.from({ length: 250 }, (_, id) => `goroutine ${id + 1}`));
  });
});

test("a finding opens to what it says, its evidence, who is to blame and who waits, the source, and its page", async () => {
  const { nodes } = treeOf(fixture("field/okx-deadlock.dump"));
  const [heading] = await nodes(null);
  const [finding] = await nodes(heading!.id);
  expect(finding).toMatchObject({ kind: "finding", certainty: "strong", place: { range: { start: { line: 186 } } } });
  expect(finding).toMatchObject({ label: "client.go:199", description: "RWMutex held while sending" });
  const inside = await nodes(finding!.id);
  expect(inside[0]?.label).toContain("goroutine 45 holds the RWMutex");
  const culprit = inside.find(({ kind, description }) => kind === "goroutine" && description === "goroutine 45");
  expect(culprit).toMatchObject({ place: { range: { start: { line: 193 } } }, frame: { line: 216 } });
  expect(inside.slice(-3).map(({ kind, label, frame, rule }) => [kind, label, frame?.line, rule])).toEqual([
    ["goroutines", "4 goroutines concerned", undefined, null],
    ["frame", "Source: client.go:199", 199, null],
    ["rulePage", "About this kind of finding", undefined, "lock-held-while-blocked"],
  ]);
  expect(seen(await nodes(inside.at(-3)!.id))).toHaveLength(4);
});

test("what is said of a finding unfolds to its whole text, in lines that a narrow side bar shows", async () => {
  const { nodes } = treeOf(fixture("field/okx-deadlock.dump"));
  const [heading] = await nodes(null);
  const [finding] = await nodes(heading!.id);
  const long = (await nodes(finding!.id)).filter(({ hasChildren, kind }) => hasChildren && kind !== "goroutines");
  expect(long.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["note", "goroutine"]));
  for (const { id, tooltip } of long) {
    const lines = await nodes(id);
    expect(
      lines
        .map(({ label }) => label)
        .join("")
        .replaceAll(/\s/g, ""),
    ).toBe(tooltip.replaceAll(/\s/g, ""));
    expect(new Set(lines.map(({ kind, hasChildren }) => `${kind} ${hasChildren}`))).toEqual(
      new Set(["textLine false"]),
    );
  }
});

const goroutine = (id: number, state: string, name: string, rest = "") =>
  `goroutine ${id} [${state}]:\n${name}()\n\t${name.startsWith("main.") ? "/w" : `/usr/local/go/src/${name.split(".")[0]}`}/x.go:${id} +0x1\n${rest}`;

describe("the order", () => {
  const busy = [
    goroutine(1, "running", "main.work"),
    goroutine(2, "IO wait, 3 minutes", "net/http.(*conn).serve"),
    goroutine(3, "IO wait", "net/http.(*conn).serve"),
    goroutine(4, "chan send, 2 minutes", "main.send"),
    goroutine(5, "select (no cases)", "main.stop"),
    goroutine(6, "sleep, 70 minutes", "main.poll"),
    goroutine(7, "chan receive", "runtime.forcegc"),
  ].join("\n");
  const names = async (sortBy: SortBy) =>
    seen(await treeOf(busy, { sortBy }).nodes(null)).filter((row) => /^(?:group|section)/.test(row));

  test("by interest is what is blamed, blocked, running, waiting, and last what idles, folded", async () => {
    expect(await names("interest")).toEqual([
      "group | 1× main.stop | select (no cases)",
      "group | 1× main.send | 2m · chan send",
      "group | 1× main.work | running",
      "group | 1× main.poll | 1h10m · sleep",
      "section | 3× Idle | 3 stacks",
    ]);
  });

  test("by wait and by name is that", async () => {
    expect((await names("wait")).slice(0, 3)).toEqual([
      "group | 1× main.poll | 1h10m · sleep",
      "group | 1× http.(*conn).serve | 3m · IO wait",
      "group | 1× main.send | 2m · chan send",
    ]);
    expect((await names("name"))[0]).toBe("group | 1× http.(*conn).serve | 3m · IO wait");
  });

  test("has counts below each other", async () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      goroutine(1, "select", "main.f").replace("1", `${index + 9}`),
    );
    const top = await treeOf([...many, busy].join("\n")).nodes(null);
    expect(top.filter(({ kind }) => kind === "group").map(({ label }) => label.slice(0, 7))).toContain(
      "\u2007\u2007\u2007\u20071× ",
    );
  });
});

const deep = (id: number, depth: number, line: number, creator: number) =>
  `goroutine ${id} [select] {"n": "${id % 2}"}:\nruntime.gopark()\n\t/go/src/runtime/proc.go:${line} +0x1\n${"main.deep(0x1)\n\t/w/x.go:7 +0x1\n".repeat(depth)}main.top()\n\t/w/x.go:${line} +0x1\ncreated by main.start in goroutine ${creator}\n\t/w/x.go:1 +0x1\n`;

describe("the grouping", () => {
  const text4 = [deep(1, 1, 9, 100), deep(2, 5, 9, 1), deep(3, 9, 10, 1), deep(4, 9, 10, 3)].join("\n");
  const top = async (groupBy: GroupBy) =>
    seen((await treeOf(text4, { groupBy }).nodes(null)).filter(({ kind }) => kind !== "findings" && kind !== "notes"));

  test.each<[GroupBy, string[]]>([
    ["stack", ["group | 2× main.deep | select", "section | 2× main.deep | select · 2 stacks"]],
    ["functions", ["section | 4× main.deep | 3 stacks"]],
    ["place", ["section | 4× main.deep at x.go:7 | 3 stacks"]],
    ["user", ["group | 2× main.deep | select", "section | 2× main.deep | 2 stacks"]],
    ["label", ["section | 2× n=1 | 2 stacks", "section | 2× n=0 | 2 stacks"]],
    ["creator", ["section | 4× main.start at x.go:1 | 3 stacks"]],
  ])("by %s", async (groupBy, rows) => {
    expect(await top(groupBy)).toEqual(rows);
  });

  test("by who started whom is a tree of groups, which leads to every goroutine", async () => {
    const { nodes, service, document } = treeOf(text4, { groupBy: "tree" });
    const [root] = await nodes(null);
    expect(seen([root!])).toEqual(["group | 1× main.deep | select"]);
    const started = (await nodes(root!.id)).at(-1)!;
    expect(seen([started])).toEqual(["started | Started 2 goroutines"]);
    const below = await nodes(started.id);
    expect(seen(below)).toEqual(["group | 1× main.deep | of 2 · select", "group | 1× main.deep | select"]);
    const line = text4.split("\n").findIndex((one) => one.startsWith("goroutine 4 "));
    const shape = { groupBy: "tree", sortBy: "count", filter: "" } as const;
    const { path } = await service.nodePath(document, { line, character: 2 }, "place", shape, noToken);
    expect(path.map(({ kind }) => kind)).toEqual(["group", "started", "group", "started", "group", "goroutine"]);
  });
});

test("frames of the standard library are folded where several stand together, and unfold", async () => {
  const served = `goroutine 1 [select]:
runtime.gopark()
	/go/src/runtime/proc.go:1 +0x1
runtime.selectgo()
	/go/src/runtime/select.go:2 +0x1
main.handle()
	/w/x.go:3 +0x1
net/http.HandlerFunc.ServeHTTP()
	/go/src/net/http/server.go:4 +0x1
net/http.serverHandler.ServeHTTP()
	/go/src/net/http/server.go:5 +0x1
net/http.(*conn).serve()
	/go/src/net/http/server.go:6 +0x1
`;
  const { nodes, service, document } = treeOf(served);
  const inside = await nodes((await nodes(null))[0]!.id);
  expect(seen(inside)).toEqual([
    "frame | runtime.gopark | proc.go:1",
    "frame | runtime.selectgo | select.go:2",
    "frame | main.handle | x.go:3",
    "frames | 3 library frames | http.(*conn).serve",
    "goroutine | goroutine 1",
  ]);
  expect(seen(await nodes(inside[3]!.id))[0]).toBe("frame | http.HandlerFunc.ServeHTTP | server.go:4");
  const { path } = await service.nodePath(document, { line: 9, character: 2 }, "place", SHAPE, noToken);
  expect(path.map(({ kind }) => kind)).toEqual(["group", "frames", "frame"]);
  const group = await service.nodePath(document, { line: 9, character: 2 }, "group", SHAPE, noToken);
  expect(group.path.map(({ kind }) => kind)).toEqual(["group"]);
});

const help = (filter: string, content = text) =>
  serviceBench().service.filterHelp(dumpDocument(content), filter, filter.length, noToken);

const completions = async (filter: string) => (await help(filter)).completions.map((one) => [one.start, one.text]);

describe("what is said of a filter while it is typed", () => {
  test("is how many goroutines it shows, or what is wrong", async () => {
    expect(await help("pool -mail")).toMatchObject({ fault: null, shown: { goroutines: 1, of: 3 } });
    expect(await help("has:finding")).toMatchObject({ shown: { goroutines: 2, of: 3 } });
    expect(await help("wait:soon")).toMatchObject({
      fault: '"wait:" wants a number, e.g. wait:>10m.',
      shown: null,
    });
  });

  test("is how it may go on: fields, then values of the dump", async () => {
    expect(await completions("pool st")).toEqual([[5, "state:"]]);
    expect((await completions("")).map(([, one]) => one)).toContain("ancestor:");
    expect(await completions("state:")).toEqual([
      [6, '"chan receive (nil chan)"'],
      [6, "select"],
    ]);
    expect(await completions("pool frobnicate:1")).toEqual((await completions("pool ")).map(([, one]) => [5, one]));
    expect(await completions("package:app")).toEqual(
      (await completions("pkg:app")).map(([at, one]) => [Number(at) + 4, one]),
    );
    expect(await completions('state:"chan')).toEqual([[6, '"chan receive (nil chan)"']]);
    expect(await completions("label:ma")).toEqual([[6, "queue=mail"]]);
    expect(await completions("(has:fi")).toEqual([[5, "finding"]]);
  });
});

const recursion = (id: number, depth: number, state = "chan receive") =>
  `goroutine ${id} [${state}]:\n${"main.deep(0x1)\n\t/src/main.go:58 +0x1\n".repeat(depth)}main.main()\n\t/src/main.go:9 +0x1\n`;

test("stacks that differ in the depth of a recursion alone are one row", async () => {
  const other = recursion(9, 1).replace("main.go:58", "main.go:60");
  const { nodes } = treeOf(
    [recursion(1, 1), recursion(2, 2), recursion(3, 7), recursion(4, 2, "select"), other].join("\n"),
  );
  const rows = (await nodes(null)).filter(({ kind }) => kind === "section" || kind === "group");
  expect(seen(rows)).toEqual([
    "section | 3× main.deep | chan receive · 3 stacks",
    "group | 1× main.deep | select",
    "group | 1× main.deep | chan receive",
  ]);
  expect(await nodes(rows[0]!.id)).toHaveLength(3);
});

describe("a filter", () => {
  test("leaves the goroutines it lets through, and counts them", async () => {
    const { ask, nodes } = treeOf(text, { filter: "label:queue=mail" });
    const top = await nodes(null);
    expect((await ask(null)).message).toMatch(/^1 of \d goroutines$/);
    expect(seen(top)).toContain("group | 1× app.(*Pool).Run | of 2 · chan receive (nil chan)");
    expect(top.filter(({ kind }) => kind === "group")).toHaveLength(1);
  });

  test("that matches nothing says so", async () => {
    expect(await treeOf(text, { filter: "nowhere" }).ask(null)).toEqual({
      nodes: [],
      message: "No goroutine matches the filter.",
    });
  });

  test("that is malformed says what is wrong", async () => {
    expect((await treeOf(text, { filter: "wait:soon" }).ask(null)).message).toContain("wants a number");
  });
});

function pathAt(
  service: LanguageService,
  document: TextDocument,
  cursor: number,
  { groupBy = "stack", filter = "" }: Options = {},
): Promise<NodePathResult> {
  return service.nodePath(document, cursors[cursor]!, "place", { groupBy, sortBy: "count", filter }, noToken);
}

describe("the path to a place", () => {
  test.each<[string, number, string[]]>([
    ["a frame", 0, ["group", "frame"]],
    ["created by", 1, ["group", "createdBy"]],
    ["a header", 2, ["group", "goroutines", "goroutine"]],
  ])("of %s goes through the group", async (_, cursor, kinds) => {
    const { service, document } = treeOf(text);
    expect((await pathAt(service, document, cursor)).path.map(({ kind }) => kind)).toEqual(kinds);
  });

  test("is made of nodes that the tree gives, section included", async () => {
    const { service, document, nodes } = treeOf(text, { groupBy: "state" });
    const { path } = await pathAt(service, document, 2, { groupBy: "state" });
    let parent: string | null = null;
    for (const node of path) {
      expect(await nodes(parent)).toContainEqual(node);
      parent = node.id;
    }
    expect(path.map(({ kind }) => kind)).toEqual(["section", "group", "goroutines", "goroutine"]);
  });

  test("is empty where the filter hides the goroutine, and between goroutines", async () => {
    const { service, document } = treeOf(text);
    expect(await pathAt(service, document, 0, { filter: "main.main -pool" })).toEqual({ path: [] });
    const between = await service.nodePath(
      document,
      { line: 3, character: 0 },
      "place",
      { groupBy: "stack", sortBy: "count", filter: "" },
      noToken,
    );
    expect(between).toEqual({ path: [] });
  });
});

const SHAPE = { groupBy: "stack", sortBy: "count", filter: "" } as const;

/** The text of the first node of a kind, in the group of two goroutines. */
async function textOf(
  kind: TreeNode["kind"],
  format: "text" | "markdown" | "dump" = "text",
): Promise<string | undefined> {
  const { service, document, nodes } = treeOf(text);
  const group = (await nodes(null))[1]!;
  const inside = await nodes(group.id);
  const all = [group, ...inside, ...(await nodes(inside.at(-1)!.id))];
  const node = all.find((one) => one.kind === kind)!;
  return (await service.nodeText(document, node.id, format, SHAPE, noToken))?.text;
}

describe("the text of a node", () => {
  test("of a goroutine is its block", async () => {
    expect(await textOf("goroutine")).toBe(text.split("\n").slice(4, 11).join("\n"));
  });

  test("of a group is its stack with its count and state", async () => {
    expect(await textOf("group")).toMatch(
      /^2 goroutines · chan receive \(nil chan\)\nruntime\.gopark\n\t\/go\/src\/runtime\/proc\.go:3\n/,
    );
  });

  test("of a group as a dump is its goroutines, which are a dump again", async () => {
    const dump = await textOf("group", "dump");
    expect(dump).toBe(`${text.split("\n").slice(4, 11).join("\n")}\n\n${text.split("\n").slice(12, 19).join("\n")}\n`);
    const top = await treeOf(dump ?? "").nodes(null);
    expect(seen(top)).toContain("group | 2× app.(*Pool).Run | chan receive (nil chan)");
  });

  test("of very many goroutines as a dump counts those that it leaves out", async () => {
    const many = Array.from({ length: 1200 }, (_, id) => `goroutine ${id + 1} [select]:\nmain.f()\n\t/a/b.go:3 +0x1\n`);
    const { service, document } = treeOf(many.join("\n"));
    const saved = await service.nodeText(document, "d0/g0", "dump", SHAPE, noToken);
    expect(saved?.text.match(/^goroutine /gm)).toHaveLength(1000);
    const top = await treeOf(saved?.text ?? "").nodes(null);
    expect(seen(top)).toContain("group | 1,200× main.f | select");
  });

  test("as Markdown keeps the dump's text from becoming markup", async () => {
    expect(await textOf("group", "markdown")).toMatch(
      /^\*\*2 goroutines · chan receive \\\(nil chan\\\)\*\*\n\n```goroutine-dump\nruntime\.gopark\n/,
    );
    const { service, document } = treeOf(fixture("field/okx-deadlock.dump"));
    const finding = await service.nodeText(document, "d0/p0/P0", "markdown", SHAPE, noToken);
    expect(finding?.text).toMatch(/^\*\*RWMutex held while sending\\: client\\.go\\:199\*\*\n\n.*goroutine 45 holds/);
    expect(finding?.text).toContain("```goroutine-dump\ngoroutine ");
  });

  test("of a frame is its function and place", async () => {
    expect(await textOf("frame")).toBe("runtime.gopark\n\t/go/src/runtime/proc.go:3");
  });
});

test.each(["toString", "", null])("a shape that nobody knows, %j, gives the usual tree", async (unknown) => {
  const { service, document } = treeOf(text);
  const shape = { groupBy: unknown as GroupBy, sortBy: unknown as SortBy, filter: null as unknown as string };
  const usual = { groupBy: "stack", sortBy: "interest", filter: "" } as const;
  const asked = await service.tree(document, null, shape, noToken);
  expect(asked).toEqual(await service.tree(document, null, usual, noToken));
  expect(asked.nodes).not.toEqual([]);
});

test.each(["", "x", "d0", "d9", "d0/g99", "d0/g0/f99/f1", "d0/P7", "d0/g0/+100", "../..", "d0/s1", "d0/g0/G0/+99999"])(
  "an id %j of another version or of nobody harms nothing",
  async (id) => {
    const { ask, service, document } = treeOf(text);
    expect((await ask(id)).message).toBeNull();
    await service.nodeText(document, id, "dump", SHAPE, noToken);
  },
);

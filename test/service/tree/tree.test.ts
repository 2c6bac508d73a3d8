import { describe, expect, test } from "vitest";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { GroupBy, NodePathResult, TreeNode, TreeResult } from "../../../server/src/protocol/index.ts";
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
  readonly filter?: string;
}

/** Asks for nodes as the client does. */
function treeOf(content: string, { groupBy = "stack", filter = "" }: Options = {}) {
  const { service } = serviceBench();
  const document = dumpDocument(content);
  const ask = (parent: string | null): Promise<TreeResult> =>
    service.tree(document, parent, { groupBy, filter }, noToken);
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
      "group | app.(*Pool).Run | 2 goroutines · chan receive (nil chan)",
      "group | main.main | goroutine 1 · select · at least 9 min",
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
    ["state", ["section | chan receive (nil chan) | 2 goroutines, 1 stack", "section | select | 1 goroutine, 1 stack"]],
    ["creator", ["section | main.main | 2 goroutines, 1 stack", "section | no creator | 1 goroutine, 1 stack"]],
    ["package", ["section | example.com/app | 2 goroutines, 1 stack", "section | main | 1 goroutine, 1 stack"]],
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
    expect(seen(await nodes(second!.id))).toContain("group | main.main | goroutine 1 · select · at least 9 min");
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
  expect(finding?.label).toBe("RWMutex held while sending: client.go:199");
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

describe("a filter", () => {
  test("leaves the goroutines it lets through, and counts them", async () => {
    const { nodes } = treeOf(text, { filter: "label:queue=mail" });
    const top = await nodes(null);
    expect(seen(top)).toContain("group | app.(*Pool).Run | 1 of 2 goroutines · chan receive (nil chan)");
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
  return service.nodePath(document, cursors[cursor]!, { groupBy, filter }, noToken);
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
      { groupBy: "stack", filter: "" },
      noToken,
    );
    expect(between).toEqual({ path: [] });
  });
});

/** The text of the first node of a kind, in the group of two goroutines. */
async function textOf(kind: TreeNode["kind"]): Promise<string | undefined> {
  const { service, document, nodes } = treeOf(text);
  const group = (await nodes(null))[1]!;
  const inside = await nodes(group.id);
  const all = [group, ...inside, ...(await nodes(inside.at(-1)!.id))];
  const node = all.find((one) => one.kind === kind)!;
  return (await service.nodeText(document, node.id, "stack", noToken))?.text;
}

describe("the text of a node", () => {
  test("of a goroutine is its block", async () => {
    expect(await textOf("goroutine")).toBe(text.split("\n").slice(4, 11).join("\n"));
  });

  test("of a group is its stack with its count and state", async () => {
    expect(await textOf("group")).toMatch(
      /^2 × \[chan receive \(nil chan\)\]\nruntime\.gopark\n\t\/go\/src\/runtime\/proc\.go:3\n/,
    );
  });

  test("of a frame is its function and place", async () => {
    expect(await textOf("frame")).toBe("runtime.gopark\n\t/go/src/runtime/proc.go:3");
  });
});

test.each(["", "x", "d0", "d9", "d0/g99", "d0/g0/f99/f1", "d0/P7", "d0/g0/+100", "../..", "d0/s1", "d0/g0/G0/+99999"])(
  "an id %j of another version or of nobody harms nothing",
  async (id) => {
    const { ask, service, document } = treeOf(text);
    expect((await ask(id)).message).toBeNull();
    await service.nodeText(document, id, "stack", noToken);
  },
);

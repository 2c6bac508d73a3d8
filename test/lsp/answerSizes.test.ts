import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  CompareResult,
  DumpReportPage,
  GroupBy,
  Summary,
  TreeNode,
  TreeResult,
} from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";

/** Bytes of the largest answer: 5,000 symbols or links of some 250 bytes are about that. Most are a tenth of it. */
const LIMIT = 1_500_000;
/** A dump of a large service, with as many distinct stacks as a broken one has. */
const [GOROUTINES, STACKS] = [100_000, 20_000];

const uri = "file:///w/large.dump";
const textDocument = { uri };

/** All goroutines have a frame, a lock and their creator in common; each stack has a frame of its own. */
function goroutine(id: number, stack: number): string {
  return `goroutine ${id} [chan send, ${stack % 90} minutes]:
example.com/shop/queue.(*Worker${stack % 50}).take${stack}(0xc000${(id + 0x10000).toString(16)})
	/build/shop/queue/worker${stack % 50}.go:${stack + 1} +0x1d
example.com/shop/queue.(*Pool).run(0xc000118008)
	/build/shop/queue/pool.go:31 +0x25
created by example.com/shop/queue.New in goroutine 1
	/build/shop/queue/pool.go:12 +0x99

`;
}

function dump(count: number, stacks: number): string {
  return Array.from({ length: count }, (_, index) => goroutine(index + 1, index % stacks)).join("");
}

let pair: Pair;
beforeAll(async () => {
  const documentSymbol = { hierarchicalDocumentSymbolSupport: true };
  const diagnostic = { relatedInformation: true };
  pair = await connectPair({ params: { capabilities: { textDocument: { documentSymbol, diagnostic } } } });
  await pair.open(uri, dump(GOROUTINES, STACKS));
});
afterAll(() => pair.dispose());

const at = (line: number, character: number) => ({ textDocument, position: { line, character } });
const tree = (groupBy: GroupBy, parent: string | null = null, filter = "") => ({
  uri,
  parent,
  groupBy,
  sortBy: "interest" as const,
  filter,
});

/** Asks, and holds the answer against the limit. */
async function ask<R>(method: string, params: object): Promise<R> {
  const answer = await pair.client.sendRequest<R>(method, params);
  const { length } = JSON.stringify(answer);
  expect({ method, length, isLarge: length >= LIMIT }).toEqual({ method, length, isLarge: false });
  return answer;
}

describe(`of ${GOROUTINES} goroutines with ${STACKS} stacks`, () => {
  it("no standard request gets a large answer", async () => {
    await ask("textDocument/foldingRange", { textDocument });
    await ask("textDocument/codeLens", { textDocument });
    const range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };
    expect(await ask("textDocument/inlayHint", { textDocument, range })).toHaveLength(1000);
    await ask("textDocument/codeAction", { textDocument, range: at(0, 0), context: { diagnostics: [] } });
    expect(await ask("textDocument/documentLink", { textDocument })).toHaveLength(5000);
    for (const [line, character] of [
      [0, 3], // a header
      [1, 10], // the frame of one stack
      [3, 10], // the frame of all
      [3, 45], // an address that all hold
      [5, 20], // the creator of all
      [5, 50], // goroutine 1
    ] as const) {
      await ask("textDocument/hover", at(line, character));
      await ask("textDocument/definition", at(line, character));
      await ask("textDocument/references", at(line, character));
      await ask("textDocument/documentHighlight", at(line, character));
    }
  });

  it("the outline and the problems say what they leave out", async () => {
    const symbols = await ask<{ name: string }[]>("textDocument/documentSymbol", { textDocument });
    expect(symbols.at(-1)?.name).toMatch(/^\d+ more groups, left out here$/);
    const { items } = await ask<{ items: { message: string }[] }>("textDocument/diagnostic", { textDocument });
    expect(items).toHaveLength(501);
    expect(items.at(-1)?.message).toMatch(/^\d+ more findings and notes are left out here/);
  });

  it("the totals are exact", async () => {
    const summary = await ask<Summary>("goroutineDump/summary", { uri });
    expect(summary).toMatchObject({ goroutines: GOROUTINES, groups: STACKS });
  });

  it("the tree comes page by page, and each page says how many nodes are left", async () => {
    const seen: TreeNode[] = [];
    const look = async (groupBy: GroupBy, parent: string | null, depth: number): Promise<void> => {
      const { nodes } = await ask<TreeResult>("goroutineDump/tree", tree(groupBy, parent));
      expect(nodes.length).toBeLessThanOrEqual(101);
      seen.push(...nodes);
      for (const node of [nodes[0], nodes.at(-1)]) {
        if (depth > 0 && node?.hasChildren === true) await look(groupBy, node.id, depth - 1);
      }
    };
    for (const groupBy of [
      "stack",
      "functions",
      "user",
      "place",
      "creator",
      "tree",
      "state",
      "label",
      "package",
    ] as const)
      await look(groupBy, null, 3);
    await ask("goroutineDump/tree", tree("stack", null, "take1"));
    expect(seen.filter(({ kind }) => kind === "more").map(({ label }) => label)).toContain("19902 more");
    const group = seen.find(({ kind }) => kind === "group");
    await ask("goroutineDump/nodeText", { ...tree("stack"), id: group?.id, format: "text" });
    const place = { uri, position: { line: 800, character: 3 } };
    await ask("goroutineDump/nodePath", { ...tree("package"), ...place, target: "place" });
    await ask("goroutineDump/sibling", { ...place, direction: "next" });
    await ask("goroutineDump/blockedOn", place);
  });

  it("the report is pruned, and says what it leaves out", async () => {
    const report = await ask<DumpReportPage>("goroutineDump/report", { uri, index: 0, filter: "" });
    expect(report).toMatchObject({ total: GOROUTINES, stacks: STACKS, groups: { more: STACKS - 100 } });
    expect(report.tree.frame).toHaveLength(3000);
    expect(report.tree.more).toBe(STACKS + 2 - 3000);
    await ask("goroutineDump/reportMarkdown", { uri, index: 0, filter: "take1" });
  });

  it("the source of one file gets no large answer", async () => {
    expect(await ask("goroutineDump/sourceFindings", { uri })).toEqual({ findings: [] });
    await ask("goroutineDump/sourcePlaces", { sourceUri: "file:///w/queue/pool.go" });
    const places = Array.from({ length: 5000 }, (_, line) => ({ uri, range: { start: { line }, end: { line } } }));
    await ask("goroutineDump/describeUses", { places });
  });

  it.each(["series", "fleet"])("a comparison (%s) comes page by page", async (kind) => {
    const dumps = [
      { uri, index: null },
      { uri, index: null },
    ];
    const result = await ask<CompareResult>("goroutineDump/compare", { dumps, kind, sortByTime: false, from: 0 });
    expect(result).toMatchObject({ total: STACKS });
    expect(result.stacks).toHaveLength(200);
  });
});

it("a comparison in which everything grows says how many findings it leaves out", async () => {
  const uris = [1, 11, 21].map((number) => `file:///w/${number}.dump`);
  for (const [index, one] of uris.entries()) await pair.open(one, dump(500 * (1 + 10 * index), 500));
  await pair.client.sendRequest("goroutineDump/summary", { uri: uris[2] });
  const dumps = uris.map((one) => ({ uri: one, index: null }));
  const params = { dumps, kind: "series", sortByTime: false, from: 0 };
  const { findings, problems } = await ask<CompareResult>("goroutineDump/compare", params);
  expect(findings).toHaveLength(200);
  expect(problems).toEqual(["300 more findings are left out; the stacks show what grows."]);
});

it("a comparison of very many dumps says how many it leaves out", async () => {
  const dumps = Array.from({ length: 5000 }, (_, index) => ({ uri: `file:///w/${index}.txt`, index: null }));
  const one = { uri: "file:///w/1.dump", index: null };
  await pair.open(one.uri, dump(10, 10));
  const params = { dumps: [...dumps, ...dumps.map(() => one)], kind: "fleet", sortByTime: false, from: 0 };
  const { dumps: compared, problems } = await ask<CompareResult>("goroutineDump/compare", params);
  expect(compared).toHaveLength(500);
  expect(problems).toHaveLength(102);
  expect(problems).toContain("4500 more dumps are left out.");
  expect(problems.at(-1)).toBe("4900 more files have problems.");
});

it("names of any length are clipped where they are shown", async () => {
  const name = `main.${"long".repeat(50_000)}`;
  const long = { uri: "file:///w/long.dump" };
  await pair.open(long.uri, `goroutine 1 [chan receive (nil chan)]:\n${name}()\n\t/src/main.go:1 +0x1\n`);
  const answers = {
    symbols: await ask("textDocument/documentSymbol", { textDocument: long }),
    hover: await ask("textDocument/hover", { textDocument: long, position: { line: 0, character: 3 } }),
    problems: await ask("textDocument/diagnostic", { textDocument: long }),
  };
  const large = Object.entries(answers).filter(([, answer]) => JSON.stringify(answer).length > 10_000);
  expect(large.map(([what]) => what)).toEqual([]);
});

import { readFileSync } from "node:fs";
import {
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  type LocationLink,
  ShutdownRequest,
} from "vscode-languageserver/node";
import { afterEach, describe, expect, test } from "vitest";
import type { NodePathResult, TreeResult } from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";

const uri = "file:///w/deadlock.dump";
const text = readFileSync(new URL("../fixtures/field/okx-deadlock.dump", import.meta.url), "utf8");
const lines = text.split("\n");
let pair: Pair;
afterEach(() => pair.dispose());

describe("a client that announces nothing", () => {
  test("gets a flat outline, plain hovers and simple locations", async () => {
    pair = await connectPair();
    await pair.open(uri, text);
    const textDocument = { uri };
    const symbols = await pair.client.sendRequest(DocumentSymbolRequest.type, { textDocument });
    expect(symbols?.map(({ name }) => name)).toContain("3x semacquire  kline.(*MarketManager).check");
    expect(symbols?.every((symbol) => "location" in symbol)).toBe(true);
    const position = { line: lines.findIndex((line) => line.startsWith("goroutine 45 ")), character: 4 };
    const hover = await pair.client.sendRequest(HoverRequest.type, { textDocument, position });
    expect(hover?.contents).toMatchObject({ kind: "plaintext", value: expect.stringContaining("at least 4 min") });
    const definition = await pair.client.sendRequest(DefinitionRequest.type, { textDocument, position });
    expect(definition).toEqual([]);
    await pair.client.sendRequest(ShutdownRequest.type);
    expect(pair.log).toEqual([]);
  });

  test("gets the tree, by requests of our own", async () => {
    pair = await connectPair();
    await pair.open(uri, text);
    const params = { uri, parent: null, groupBy: "stack", sortBy: "count", filter: "" };
    const tree = await pair.client.sendRequest<TreeResult>("goroutineDump/tree", params);
    expect(tree.nodes.find(({ label }) => label.endsWith("3× kline.(*MarketManager).check"))?.description).toBe(
      "2m · semacquire",
    );
  });

  test("gets the way to a goroutine through the nodes that the tree has", async () => {
    pair = await connectPair();
    await pair.open(uri, text);
    const view = { uri, groupBy: "stack", sortBy: "count", filter: "" };
    const position = { line: lines.findIndex((line) => line.startsWith("goroutine 248 ")), character: 0 };

    const { path } = await pair.client.sendRequest<NodePathResult>("goroutineDump/nodePath", { ...view, position });

    let parent: string | null = null;
    for (const node of path) {
      const { nodes }: TreeResult = await pair.client.sendRequest("goroutineDump/tree", { ...view, parent });
      expect(nodes).toContainEqual(node);
      parent = node.id;
    }
    expect(path.at(-1)?.label).toBe("goroutine 248");
  });
});

test("a client with definition links gets the range of the id that was clicked", async () => {
  pair = await connectPair({ params: { capabilities: { textDocument: { definition: { linkSupport: true } } } } });
  const dump = [
    "goroutine 1 [select]:",
    "main.main()",
    "\t/a/main.go:3 +0x1",
    "",
    "goroutine 7 [select]:",
    "main.f()",
    "\t/a/main.go:9 +0x1",
    "created by main.main in goroutine 1",
    "\t/a/main.go:4 +0x1",
    "",
  ].join("\n");
  await pair.open(uri, dump);
  const position = { line: 7, character: 34 };
  const [link] = (await pair.client.sendRequest(DefinitionRequest.type, {
    textDocument: { uri },
    position,
  })) as LocationLink[];
  expect(link?.targetSelectionRange.start).toEqual({ line: 0, character: 0 });
  expect(link?.originSelectionRange).toEqual({ start: { line: 7, character: 34 }, end: { line: 7, character: 35 } });
});

import { afterEach, describe, expect, test } from "vitest";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";

const uri = "file:///ws/app.dump";
const textDocument = { uri };
let pair: Pair;
afterEach(() => pair.dispose());

/** Sets a window's title, turns the direction of writing, ends lines, is a link and an image in Markdown. */
const payload = "\u001b]0;t\u0007\u009b2J\u202e\u2028[a](command:x)![b](http://c)<img src=x>`\u0000";
const DUMP = [
  `panic: ${payload}`,
  "",
  `goroutine 1 [running] {"k${payload}": "v\\n  forged"}:`,
  `main.${payload}()`,
  `\t/build/${payload}/main.go:4 +0x1`,
  `created by main.c${payload} in goroutine 2`,
  `\t/build/c${payload}.go:5 +0x1`,
  "",
  `goroutine 7 [chan send (nil chan)${payload}]:`,
  "main.work()",
  `\t/build/w${payload}.go:5 +0x1`,
  "",
].join("\n");

const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/;

/** The strings of an answer with the way to each. Frames are data: the client asks for their source with them. */
function strings(value: unknown, path = ""): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== "frame")
    .flatMap(([key, inner]) => strings(inner, `${path}.${key}`));
}

const position = { line: 3, character: 3 };
const options = { uri, groupBy: "stack", filter: "" };
const REQUESTS: readonly (readonly [method: string, params: unknown])[] = [
  ["textDocument/documentSymbol", { textDocument }],
  ["textDocument/codeLens", { textDocument }],
  ["textDocument/hover", { textDocument, position }],
  ["textDocument/hover", { textDocument, position: { line: 2, character: 12 } }],
  ["textDocument/diagnostic", { textDocument }],
  ["goroutineDump/tree", { ...options, parent: null }],
  ["goroutineDump/summary", { uri }],
];

describe("a label that quotes a dump holds nothing that could do something", () => {
  test.each(REQUESTS)("%s %o", async (method, params) => {
    pair = await connectPair({ platform: { fileSystem: new MemoryFileSystem() } });
    await pair.open(uri, DUMP);
    const texts = strings(await pair.client.sendRequest(method, params));

    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter(([, text]) => UNSAFE.test(text))).toEqual([]);
    for (const [, text] of texts) expect(text.length).toBeLessThan(20_000);
  });
});

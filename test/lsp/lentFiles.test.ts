import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { CancellationTokenSource, ProgressType } from "vscode-languageserver/node";
import type { CondensedResult, ReadChunkParams, ReadChunkResult, TreeResult } from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { sampleDump } from "../support/sampleDump.ts";

const uri = "memfs://host/ws/large.txt";
const TEXT = Array.from(
  { length: 60_000 },
  (_, index) => `goroutine ${index + 1} [select]:\nmain.f(0x${index.toString(16)})\n\t/src/f.go:3 +0x1d\n\n`,
).join("");

let pair: Pair;
afterEach(() => pair.dispose());

/** A client that lends one file in pieces, and what it was asked for. */
async function connect(answer: (params: ReadChunkParams) => ReadChunkResult): Promise<ReadChunkParams[]> {
  const asked: ReadChunkParams[] = [];
  pair = await connectPair({
    params: { initializationOptions: { files: true, notifications: true } },
    prepare: (client) => {
      client.onRequest<ReadChunkResult, void>("goroutineDump/files/readChunk", (params: ReadChunkParams) => {
        asked.push(params);
        return answer(params);
      });
    },
  });
  return asked;
}

/** Never more than 300,000 bytes at a time, whatever is asked for. */
function lend(bytes: Buffer): (params: ReadChunkParams) => ReadChunkResult {
  return ({ offset, length }) => {
    const piece = bytes.subarray(offset, offset + Math.min(length, 300_000));
    return { kind: "chunk", base64: piece.toString("base64"), total: bytes.length };
  };
}

/** A dump, and its goroutine 4, which waits for a connection, so many times more. */
function repeated(dump: string, times: number): string {
  const start = dump.indexOf("goroutine 4 [");
  const block = dump.slice(start, dump.indexOf("\n\n", start) + 2);
  const more = Array.from({ length: times }, (_, index) => block.replace("goroutine 4", `goroutine ${1000 + index}`));
  return `${dump.trimEnd()}\n\n${more.join("")}`;
}

const condense = (): Promise<CondensedResult> =>
  pair.client.sendRequest("goroutineDump/condenseFile", { uri, workDoneToken: "own" });
const fullText = (goroutine: number): Promise<unknown> =>
  pair.client.sendRequest("goroutineDump/fullText", { uri, goroutine });

describe("a file that no server can read itself", () => {
  test("comes through the client in pieces, with progress, and each of its goroutines again", async () => {
    const bytes = Buffer.from(TEXT);
    const told: (number | undefined)[] = [];
    const asked = await connect((params) => {
      pair.timers.runAll();
      return lend(bytes)(params);
    });
    pair.client.onProgress(new ProgressType<{ percentage?: number }>(), "own", ({ percentage }) => {
      told.push(percentage);
    });

    expect(await condense()).toMatchObject({ kind: "text", dumps: 1, goroutines: 60_000, notes: [] });
    expect(asked.length).toBe(Math.ceil(bytes.length / 300_000));
    expect(told).toContain(100);

    asked.length = 0;
    const wanted = "goroutine 4711 [select]:\nmain.f(0x1266)\n\t/src/f.go:3 +0x1d\n";
    expect(await fullText(4711)).toEqual({ text: wanted });
    expect(asked.reduce((sum, { length }) => sum + length, 0)).toBe(wanted.length + 1);
  });

  test("is unpacked, and unpacked again for the text of a goroutine", async () => {
    await connect(lend(gzipSync(TEXT)));
    expect(await condense()).toMatchObject({ kind: "text", goroutines: 60_000 });
    expect(await fullText(59_999)).toEqual({
      text: "goroutine 59999 [select]:\nmain.f(0xea5e)\n\t/src/f.go:3 +0x1d\n",
    });
  });

  test("has the findings of the whole file: its locks are known by the arguments of goroutines read again", async () => {
    const text = repeated(sampleDump.text, 300);
    await connect(lend(gzipSync(text)));
    await pair.open("untitled:whole.dump", text);
    const answer = await condense();
    const shown = `goroutine-dump-condensed:/ws/large.txt.goroutines?${encodeURIComponent(uri)}`;
    await pair.open(shown, answer.kind === "text" ? answer.text : "");
    const findings = async (document: string) => {
      const top = { uri: document, parent: null, groupBy: "stack", sortBy: "count", filter: "" };
      const { nodes } = await pair.client.sendRequest<TreeResult>("goroutineDump/tree", top);
      const children = { ...top, parent: nodes[0]?.id };
      const list = await pair.client.sendRequest<TreeResult>("goroutineDump/tree", children);
      return list.nodes.map(({ certainty, label, description }) => ({ certainty, label, description }));
    };
    const ofWhole = await findings("untitled:whole.dump");
    expect(ofWhole).toContainEqual(expect.objectContaining({ certainty: "strong" }));
    expect(await findings(shown)).toEqual(ofWhole);
  });

  test("is refused in the client's words", async () => {
    await connect(() => ({ kind: "refused", reason: "It is too large." }));
    expect(await condense()).toEqual({ kind: "failed", reason: "It is too large." });
  });

  test("is asked for no further once the request is cancelled", async () => {
    const file = lend(Buffer.from(TEXT));
    const source = new CancellationTokenSource();
    const asked = await connect((params) => {
      source.cancel();
      return file(params);
    });
    await expect(pair.client.sendRequest("goroutineDump/condenseFile", { uri }, source.token)).rejects.toMatchObject({
      code: -32800,
    });
    expect(asked.length).toBeLessThan(10);
  });

  test("is not asked for when it is on the server's own disk", async () => {
    const read: string[] = [];
    pair = await connectPair({
      params: { initializationOptions: { files: true } },
      platform: {
        largeFiles: {
          read: (file) => {
            read.push(file);
            return Promise.resolve({ kind: "failed", message: "the disk's own words" });
          },
          readSpans: () => Promise.resolve([]),
        },
      },
    });
    const own = { uri: "file:///ws/large.txt" };
    const answer = await pair.client.sendRequest("goroutineDump/condenseFile", own);
    expect(answer).toEqual({ kind: "failed", reason: "the disk's own words" });
    expect(await condense()).toMatchObject({ kind: "failed" });
    expect(read).toEqual([own.uri]);
  });

  test("cannot be read when the client lends nothing", async () => {
    pair = await connectPair();
    expect(await condense()).toMatchObject({ kind: "failed" });
  });
});

import {
  DidChangeTextDocumentNotification,
  FoldingRangeRequest,
  type InitializeParams,
  ProgressType,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from "vscode-languageserver/node";
import { afterEach, describe, expect, test } from "vitest";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../server/src/core/text/utf8.ts";
import type { CondensedResult, Summary } from "../../server/src/protocol/index.ts";
import type { FileReading, LargeFiles } from "../../server/src/service/host/largeFiles.ts";
import { parseInTurns } from "../../server/src/service/host/parseDumps.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { stillClock } from "../support/openText.ts";

const uri = "file:///w/app.dump";
const DUMP = "goroutine 7 [chan receive (nil chan)]:\nmain.work()\n\t/build/work.go:4 +0x1\n";
const SHOWS_PROGRESS = { window: { workDoneProgress: true }, textDocument: { diagnostic: {} } };

/** Work that begins when the server wants it, and ends when the test says so. */
class SlowWork {
  readonly begun: Promise<void>;
  readonly finished: Promise<void>;
  begin!: () => void;
  finish!: () => void;
  progress: (done: number, total: number) => void = () => {};

  constructor() {
    this.begun = new Promise((resolve) => (this.begin = resolve));
    this.finished = new Promise((resolve) => (this.finish = resolve));
  }
}

/** Files of which one is read as slowly as the test likes. */
function slowFiles(work: SlowWork): LargeFiles {
  return {
    read: async (_, token, progress): Promise<FileReading> => {
      work.progress = progress;
      work.begin();
      await work.finished;
      if (token.isCancellationRequested) return { kind: "cancelled" };
      return { kind: "reading", reading: readDumps(encodeUtf8(DUMP)) };
    },
    readSpans: () => Promise.resolve([]),
  };
}

let pair: Pair;
afterEach(() => pair.dispose());

/** Connects, and lists what the client is told of progress. */
async function connect(
  work: SlowWork,
  capabilities: InitializeParams["capabilities"] = SHOWS_PROGRESS,
): Promise<{ readonly told: unknown[]; readonly token: Promise<string> }> {
  const told: unknown[] = [];
  let created!: (token: string) => void;
  const token = new Promise<string>((resolve) => (created = resolve));
  const follow = (one: string) =>
    pair.client.onProgress(new ProgressType<object>(), one, (value) => void told.push(value));
  pair = await connectPair({
    params: { capabilities },
    platform: {
      largeFiles: slowFiles(work),
      parse: async (chunks, stop, linePrefix) => {
        work.begin();
        await work.finished;
        return parseInTurns(stillClock)(chunks, stop, linePrefix);
      },
    },
    prepare: (client) =>
      client.onRequest(WorkDoneProgressCreateRequest.type, (params) => {
        follow(String(params.token));
        created(String(params.token));
      }),
  });
  follow("own");
  return { told, token };
}

const condense = (workDoneToken?: string): Promise<CondensedResult> =>
  pair.client.sendRequest("goroutineDump/condenseFile", { uri, ...(workDoneToken && { workDoneToken }) });
const summary = (): Promise<Summary> => pair.client.sendRequest("goroutineDump/summary", { uri });

describe("a request that takes long", () => {
  test("tells its progress to the token that came with it, and no percent twice", async () => {
    const work = new SlowWork();
    const { told } = await connect(work, {});
    const answer = condense("own");
    await work.begun;
    work.progress(1, 10);
    expect(told).toEqual([]);
    pair.timers.runAll();
    work.progress(10, 1000);
    work.progress(50, 100);
    work.progress(505, 1000);
    work.finish();
    expect(await answer).toMatchObject({ kind: "text", goroutines: 1 });
    expect(told).toEqual([
      { kind: "begin", title: "Reading a goroutine dump", percentage: 10, cancellable: true },
      { kind: "report", percentage: 1 },
      { kind: "report", percentage: 50 },
      { kind: "end" },
    ]);
  });

  test("has the client create a token when none came, and can be cancelled by it", async () => {
    const work = new SlowWork();
    const { told, token } = await connect(work);
    const answer = condense();
    await work.begun;
    pair.timers.runAll();
    await expect.poll(() => told).toEqual([expect.objectContaining({ kind: "begin" })]);
    await pair.client.sendNotification(WorkDoneProgressCancelNotification.type, { token: await token });
    await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } });
    work.finish();
    expect(await answer).toEqual({ kind: "cancelled" });
    expect(told.at(-1)).toEqual({ kind: "end" });
  });

  test.each([
    ["is over before it counts as long", SHOWS_PROGRESS],
    ["is asked by a client that shows none", {}],
  ])("tells nothing when it %s", async (_, capabilities) => {
    const work = new SlowWork();
    const { told } = await connect(work, capabilities);
    const answer = condense();
    await work.begun;
    if (capabilities !== SHOWS_PROGRESS) pair.timers.runAll();
    work.finish();
    expect(await answer).toMatchObject({ kind: "text" });
    expect(told).toEqual([]);
  });
});

test("a comparison says how many of its files were read", async () => {
  const work = new SlowWork();
  const { told } = await connect(work);
  const dumps = ["a", "b", "c", "d"].map((name) => ({ uri: `file:///w/${name}`, index: null }));
  for (const one of dumps) await pair.open(one.uri, DUMP);
  await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } });
  const params = { dumps, kind: "series", sortByTime: true, from: 0, workDoneToken: "own" };
  const answer = pair.client.sendRequest("goroutineDump/compare", params);
  await work.begun;
  pair.timers.runAll();
  work.finish();
  await answer;
  const begun = { kind: "begin", title: "Comparing goroutine dumps", percentage: 0, cancellable: true };
  const reports = [25, 50, 75].map((percentage) => ({ kind: "report", percentage }));
  expect(told).toEqual(expect.arrayContaining([begun, ...reports, { kind: "end" }]));
});

describe("a document that takes long to read", () => {
  test("shows how far it is, and that it is read when nobody stops it", async () => {
    const work = new SlowWork();
    const { told } = await connect(work);
    await pair.open(uri, DUMP);
    const answer = summary();
    await work.begun;
    pair.timers.runAll();
    await expect.poll(() => told).toContainEqual(expect.objectContaining({ kind: "begin", title: "Reading app.dump" }));
    work.finish();
    expect(await answer).toMatchObject({ goroutines: 1 });
    expect(told).toContainEqual({ kind: "end" });
  });

  test("says that it was stopped, and is read again when it changes", async () => {
    const work = new SlowWork();
    const { told, token } = await connect(work);
    await pair.open(uri, DUMP);
    const answer = summary();
    await work.begun;
    pair.timers.runAll();
    await expect.poll(() => told).not.toEqual([]);
    await pair.client.sendNotification(WorkDoneProgressCancelNotification.type, { token: await token });
    await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument: { uri: "file:///w/none" } });
    work.finish();
    expect(await answer).toMatchObject({ isDump: false });
    const tree = { uri, parent: null, groupBy: "stack", sortBy: "count", filter: "" };
    expect(await pair.client.sendRequest("goroutineDump/tree", tree)).toEqual({
      nodes: [],
      message: expect.stringContaining("was stopped"),
    });
    await pair.client.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: DUMP }],
    });
    expect(await summary()).toMatchObject({ goroutines: 1 });
  });
});

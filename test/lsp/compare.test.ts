import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CompareParams, CompareResult, DumpRef, FrameResolution } from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";
import { idsFrom, tracebackOf } from "../support/series.ts";

const fixture = (index: number): string =>
  readFileSync(new URL(`../fixtures/corpus/leak/growth-go1.24-t${index}.debug1.txt`, import.meta.url), "utf8");
const series = [0, 1, 2].map((index) => `file:///w/dump-2026-11-21T05-0${index}-00Z.txt`);

let files: MemoryFileSystem;
let pair: Pair;
beforeEach(async () => {
  files = new MemoryFileSystem(Object.fromEntries(series.map((uri, index) => [uri, fixture(index)])));
  pair = await connectPair({
    platform: { fileSystem: files },
    params: { workspaceFolders: [{ uri: "file:///w", name: "w" }] },
  });
});
afterEach(() => pair.dispose());

function compare(dumps: readonly (string | DumpRef)[], options: Partial<CompareParams> = {}): Promise<CompareResult> {
  const refs = dumps.map((each) => (typeof each === "string" ? { uri: each, index: null } : each));
  const params: CompareParams = { dumps: refs, kind: "series", sortByTime: true, from: 0, ...options };
  return pair.client.sendRequest<CompareResult>("goroutineDump/compare", params);
}

describe("a series of files", () => {
  test("is put in time order, and tells what grows, where, and how fast", async () => {
    const { dumps, stacks, findings, problems } = await compare([...series].reverse());

    expect(dumps.map(({ uri, goroutines }) => [uri, goroutines])).toEqual([
      [series[0], 1503],
      [series[1], 2404],
      [series[2], 5003],
    ]);
    expect(stacks[0]).toMatchObject({
      title: "ws.(*Hub).deliver",
      change: "grown",
      counts: [1500, 2400, 5000],
      perMinute: 1750,
      place: { uri: series[2] },
      frame: { file: "/home/dev/src/shop/internal/ws/hub.go", line: 58 },
    });
    expect(findings).toMatchObject([{ rule: "growing", certainty: "strong", frame: { line: 58 } }]);
    expect(problems).toEqual([]);
  });

  test("keeps the user's order on request", async () => {
    const { stacks } = await compare([...series].reverse(), { sortByTime: false });

    expect(stacks.find(({ title }) => title === "ws.(*Hub).deliver")).toMatchObject({
      change: "shrunk",
      counts: [5000, 2400, 1500],
    });
  });

  test("reads what has not changed only once", async () => {
    await compare(series.slice(0, 2));
    files.calls.length = 0;
    await compare(series);

    // Each is asked for its size and time; only the new one is read.
    expect(files.calls.filter((uri) => uri === series[0])).toHaveLength(1);
    expect(files.calls.filter((uri) => uri === series[2])).toHaveLength(2);
  });

  test("takes an open document as it is in the editor", async () => {
    await pair.open(series[2] ?? "", fixture(0));

    const { stacks } = await compare(series);

    expect(stacks.find(({ title }) => title === "ws.(*Hub).deliver")?.counts).toEqual([1500, 2400, 1500]);
  });

  test("may be in one file, of which single dumps can be left out", async () => {
    const log = "file:///w/service.log";
    const parts = [4, 40, 400].map((count) =>
      tracebackOf([{ ids: idsFrom(10, count), state: "chan send", function: "main.leak" }]),
    );
    files.write(log, parts.map((part) => `SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n${part}\n`).join(""));

    expect((await compare([log])).stacks[0]?.counts).toEqual([4, 40, 400]);
    const two = await compare([
      { uri: log, index: 2 },
      { uri: log, index: 0 },
    ]);
    expect(two.stacks[0]?.counts).toEqual([400, 4]);
    expect(two.dumps.map(({ name }) => name)).toEqual(["service.log #3", "service.log #1"]);
  });

  test("says which files hold nothing to compare", async () => {
    files.write("file:///w/notes.txt", "nothing\n");

    const { dumps, problems } = await compare([...series, "file:///w/notes.txt", "file:///w/absent.txt"]);

    expect(dumps).toHaveLength(3);
    expect(problems).toEqual(["notes.txt: holds no goroutines", "absent.txt: cannot be read"]);
  });
});

test("stacks come page by page, and the total is exact", async () => {
  const stacks = idsFrom(1, 450).map((id) => ({ ids: [id], state: "select", function: `main.f${id}` }));
  files.write("file:///w/many.dump", tracebackOf(stacks));

  const first = await compare(["file:///w/many.dump"]);
  const last = await compare(["file:///w/many.dump"], { from: 400 });

  expect([first.stacks.length, last.stacks.length, first.total]).toEqual([200, 50, 450]);
});

test("a fleet is told by host, the one that stands out first", async () => {
  const hosts = ["web-01", "web-02", "web-03", "web-04"].map((host) => `file:///w/${host}/goroutine.txt`);
  hosts.forEach((uri, index) =>
    files.write(uri, tracebackOf([{ ids: idsFrom(1, index === 2 ? 90 : 4), state: "select", function: "main.work" }])),
  );

  const { dumps, stacks } = await compare(hosts, { kind: "fleet" });

  expect(dumps.map(({ name }) => name)).toEqual(["web-01", "web-02", "web-03", "web-04"]);
  expect(stacks[0]).toMatchObject({
    change: "outlier",
    counts: [4, 4, 90, 4],
    outliers: [2],
    place: { uri: hosts[2] },
  });
});

test("the source of a frame is found though its dump is open in no editor", async () => {
  files.write("file:///w/go.mod", "module github.com/acme/shop\n");
  files.write("file:///w/internal/ws/hub.go", `package ws\n${"\n".repeat(80)}`);
  const { findings } = await compare(series);

  const resolution = await pair.client.sendRequest<FrameResolution>("goroutineDump/resolveFrame", {
    uri: series[2],
    frame: findings[0]?.frame,
  });

  expect(resolution).toMatchObject({
    kind: "found",
    place: { uri: "file:///w/internal/ws/hub.go", range: { start: { line: 57 } } },
  });
});

test("the source of a place is found without a dump and a function, as a line of a terminal has it", async () => {
  files.write("file:///w/go.mod", "module github.com/acme/shop\n");
  files.write("file:///w/internal/ws/hub.go", `package ws\n${"\n".repeat(80)}`);

  const resolution = await pair.client.sendRequest<FrameResolution>("goroutineDump/resolveFrame", {
    uri: "file:///w",
    frame: { function: "", file: "/build/src/shop/internal/ws/hub.go", line: 58 },
  });

  expect(resolution).toMatchObject({ kind: "found", place: { uri: "file:///w/internal/ws/hub.go" } });
});

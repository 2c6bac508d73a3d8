import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  BlockedOnResult,
  DescribeUsesResult,
  Place,
  SourceFinding,
  SourceFindingsResult,
  SourcePlacesResult,
} from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";

const workspace = "/home/ann/exchange";
const dump = `file://${workspace}/deadlock.dump`;
const manager = `file://${workspace}/kline/manager.go`;
const client = `file://${workspace}/okx/api/ws/client.go`;

function fixture(path: string): string {
  return readFileSync(new URL(`../fixtures/workspaces/okx/${path}`, import.meta.url), "utf8");
}

const files = ["go.mod", "cmd/okx/main.go", "cmd/okx/server.go", "kline/manager.go", "okx/api/ws/client.go"];
const text = fixture("deadlock.dump");
const lines = text.split("\n");
let fileSystem: MemoryFileSystem;
let pair: Pair;

beforeEach(async () => {
  fileSystem = new MemoryFileSystem(Object.fromEntries(files.map((path) => [`${workspace}/${path}`, fixture(path)])));
  const params = { workspaceFolders: [{ uri: `file://${workspace}`, name: "exchange" }] };
  pair = await connectPair({ params, platform: { fileSystem } });
});
afterEach(() => pair.dispose());

const placesIn = async (sourceUri: string) => {
  const { places } = await pair.client.sendRequest<SourcePlacesResult>("goroutineDump/sourcePlaces", { sourceUri });
  return places;
};
const headerOf = (goroutine: number) => ({
  line: lines.findIndex((line) => line.startsWith(`goroutine ${goroutine} `)),
  character: 0,
});

describe("the lines at which goroutines stand", () => {
  test("are told with their number, wait and groups, and where those are in the dump", async () => {
    await pair.open(dump, text);
    const [place, ...others] = await placesIn(manager);
    expect(others).toEqual([]);
    expect(place).toMatchObject({
      line: 213,
      lineText: fixture("kline/manager.go").split("\n")[213],
      title: "3 goroutines blocked here, at least 2 min: semacquire",
      count: 3,
      groups: [{ text: "kline.(*MarketManager).check: 3 goroutines · semacquire · at least 2 min" }],
      moreGroups: 0,
    });
    const header = place?.groups[0]?.place;
    expect(header?.uri).toBe(dump);
    expect(lines[header?.range.start.line ?? 0]).toMatch(/^goroutine (?:224|248|254) \[semacquire/);
  });

  test("are added up over the dumps that are open, and go with them", async () => {
    await pair.open(dump, text);
    await pair.open("file:///tmp/later.dump", text);
    expect((await placesIn(manager))[0]?.title).toBe(
      "6 goroutines blocked here in 2 dumps, at least 2 min: semacquire",
    );
    for (const uri of [dump, "file:///tmp/later.dump"]) {
      await pair.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
    }
    expect(await placesIn(manager)).toEqual([]);
  });

  test("are left out when the source has moved by one line, though the function still encloses it", async () => {
    fileSystem.write(`${workspace}/kline/manager.go`, `// new\n${fixture("kline/manager.go")}`);
    await pair.open(dump, text);
    expect(await placesIn(manager)).toEqual([]);
  });

  test("are none in files that no dump names", async () => {
    await pair.open(dump, text);
    expect(await placesIn("file:///elsewhere/manager.go")).toEqual([]);
  });
});

const relatedLines = (finding: SourceFinding | undefined) =>
  (finding?.related ?? []).map(({ message, place }) => [message, place.uri, place.range.start.line]);

test("findings are told at the source lines they blame, with the chain in the source as well", async () => {
  await pair.open(dump, text);
  const { findings } = await pair.client.sendRequest<SourceFindingsResult>("goroutineDump/sourceFindings", {
    uri: dump,
  });
  const found = findings.find(({ rule }) => rule === "lock-held-while-blocked");
  expect(found).toMatchObject({ sourceUri: client, line: 198, certainty: "strong", severity: 2 });
  expect(found?.lineText.trim()).toContain("<-");
  expect(relatedLines(found)).toEqual([
    ["in the goroutine dump", dump, 187],
    ["Holds the lock in kline.(*MarketManager).check at manager.go:216", manager, 215],
    ["Took the lock here", manager, 213],
    ["3 goroutines waiting for the lock", manager, 213],
  ]);
});

test("the chain of a finding leads to the dump where the source has another line", async () => {
  fileSystem.write(`${workspace}/kline/manager.go`, `// new\n${fixture("kline/manager.go")}`);
  await pair.open(dump, text);
  const { findings } = await pair.client.sendRequest<SourceFindingsResult>("goroutineDump/sourceFindings", {
    uri: dump,
  });
  const found = findings.find(({ rule }) => rule === "lock-held-while-blocked");
  expect(relatedLines(found).map(([, uri]) => uri)).not.toContain(manager);
  expect(relatedLines(found).length).toBeGreaterThan(1);
});

describe("what a goroutine is blocked on", () => {
  test("is the channel or lock as the source names it, where its other uses can be looked for", async () => {
    await pair.open(dump, text);
    const ask = (goroutine: number) =>
      pair.client.sendRequest<BlockedOnResult>("goroutineDump/blockedOn", {
        uri: dump,
        position: headerOf(goroutine),
      });
    const sender = await ask(45);
    expect(sender).toMatchObject({ kind: "found", operands: [{ does: "sends to", place: { uri: client } }] });
    const waiter = await ask(224);
    expect(waiter).toMatchObject({ kind: "found", operands: [{ does: "calls Lock of", place: { uri: manager } }] });
  });

  test("is explained where the source is not there", async () => {
    await pair.open(dump, text.replaceAll("D:/coding/exchange", "/somewhere/else").replaceAll("jeek120", "other"));
    fileSystem.delete(`${workspace}/okx/api/ws/client.go`);
    const answer = await pair.client.sendRequest<BlockedOnResult>("goroutineDump/blockedOn", {
      uri: dump,
      position: headerOf(45),
    });
    expect(answer.kind).toBe("none");
  });

  test("has its uses described, with the goroutines that stand there first", async () => {
    await pair.open(dump, text);
    const source = fixture("kline/manager.go").split("\n");
    const places: Place[] = source.flatMap((line, number) => {
      const character = line.indexOf("Lock()");
      const at = { line: number, character: Math.max(0, line.lastIndexOf(".", character) - 1) };
      return character < 0 ? [] : [{ uri: manager, range: { start: at, end: at } }];
    });
    const { uses } = await pair.client.sendRequest<DescribeUsesResult>("goroutineDump/describeUses", { places });
    expect(uses).toHaveLength(places.length);
    expect(uses[0]).toMatchObject({ count: 3, does: "calls Lock of" });
    expect(uses.slice(1).every(({ count }) => count === 0)).toBe(true);
  });
});

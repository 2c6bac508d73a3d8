import { afterEach, expect, test } from "vitest";
import type {
  FrameRef,
  FrameResolution,
  RevisionsResult,
  RevisionTextResult,
  SameLineResult,
  SourceFindingsResult,
  SourcePlacesResult,
} from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";
import { MemoryHistory } from "../support/memoryHistory.ts";
import { BUILDS, goroutineOf, MOVES, movedProgram } from "../support/movedReleases.ts";
import { dumpOf, type Release, releases } from "../support/releases.ts";

const ALL = releases();
const [SIXTEENTH, LAST] = [ALL[15]!, ALL[19]!];
const DUMP = "file:///dumps/app.dump";
const SCHEME = "revision-of-a-file";

let pair: Pair;
let asked: string[];

async function open(release: Release, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await openIn(ALL, dumpOf(release), options);
}

/** Opens a dump in a workspace of the last of some releases. */
async function openIn(
  all: readonly Release[],
  text: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  asked = [];
  const files = [...all.at(-1)!.files].map(([path, content]) => [`/repo/${path}`, content] as const);
  const history = new MemoryHistory(all);
  pair = await connectPair({
    params: {
      workspaceFolders: [{ uri: "file:///repo", name: "repo" }],
      initializationOptions: { trusted: true, revisionScheme: SCHEME, ...options },
    },
    platform: {
      fileSystem: new MemoryFileSystem(Object.fromEntries(files)),
      openHistory: async (folder) => (asked.push(folder), history),
    },
  });
  await pair.open(DUMP, text);
}

afterEach(() => pair.dispose());

function ask<T>(method: string, params: object): Promise<T> {
  return pair.client.sendRequest<T>(`goroutineDump/${method}`, params);
}

async function resolved(frame: FrameRef): Promise<Extract<FrameResolution, { kind: "found" }>> {
  const answer = await ask<FrameResolution>("resolveFrame", { uri: DUMP, frame });
  if (answer.kind !== "found") throw new Error(`the frame is ${answer.kind}`);
  return answer;
}

function textOf(release: Release, path: string): string {
  return release.files.get(path) ?? "";
}

function storeLine(release: Release, line: number): string | undefined {
  return textOf(release, "store/store.go").split("\n")[line];
}

const [drain, , keep] = SIXTEENTH.frames;

test("a frame of an older release leads to that release's text, at the line the dump names", async () => {
  await open(SIXTEENTH);
  const { place, how, warning } = await resolved(keep!);
  expect(place.uri).toMatch(new RegExp(`^${SCHEME}:/store/store\\.go%20%28v1\\.16\\.0%29\\?`));
  expect({ how, warning, line: place.range.start.line }).toEqual({
    how: "revision v1.16.0",
    warning: null,
    line: keep!.line - 1,
  });
  const shown = await ask<RevisionTextResult>("revisionText", { uri: place.uri });
  expect(shown?.text).toBe(textOf(SIXTEENTH, "store/store.go"));
});

test("a frame whose file has another name today leads to its text as well, and from there to that file", async () => {
  await open(ALL[2]!);
  const serve = ALL[2]!.frames[3]!;
  const { place } = await resolved(serve);
  const shown = await ask<RevisionTextResult>("revisionText", { uri: place.uri });
  expect(shown?.text).toBe(textOf(ALL[2]!, "server/server.go"));
  const line = textOf(LAST, "internal/server/server.go").split("\n").indexOf("\t\tst.Keep()");
  expect(await ask<SameLineResult>("sameLine", { uri: place.uri, line: serve.line - 1 })).toMatchObject({
    kind: "same",
    place: { uri: "file:///repo/internal/server/server.go", range: { start: { line } } },
    isMoved: true,
  });
});

test("a line of the release is followed into today's file", async () => {
  await open(SIXTEENTH);
  const { place } = await resolved(keep!);
  const { kind, place: today } = await ask<SameLineResult>("sameLine", {
    uri: place.uri,
    line: place.range.start.line,
  });
  expect({ kind, uri: today?.uri }).toEqual({ kind: "same", uri: "file:///repo/store/store.go" });
  expect(storeLine(LAST, today?.range.start.line ?? 0)).toBe(storeLine(SIXTEENTH, keep!.line - 1));
});

test("what stands at the source stands at the line of today", async () => {
  await open(SIXTEENTH);
  const sourceUri = "file:///repo/store/drain.go";
  const line = textOf(LAST, "store/drain.go").split("\n").indexOf("\ts.out <- item");
  const { places } = await ask<SourcePlacesResult>("sourcePlaces", { sourceUri });
  expect(places).toMatchObject([{ line, lineText: "\ts.out <- item", count: 60 }]);
  expect(line).not.toBe(drain!.line - 1);
  const { findings } = await ask<SourceFindingsResult>("sourceFindings", { uri: DUMP });
  expect(findings).toMatchObject([{ sourceUri, line, lineText: "\ts.out <- item" }]);
});

test("a client that shows no revisions is led to today's line", async () => {
  await open(SIXTEENTH, { revisionScheme: undefined });
  const { place, warning } = await resolved(keep!);
  expect(place.uri).toBe("file:///repo/store/store.go");
  expect(storeLine(LAST, place.range.start.line)).toContain("s.Put(1)");
  expect(warning).toBeNull();
});

test("the revision is told with how well it fits, and another can be chosen", async () => {
  await open(ALL[6]!);
  const found = await ask<RevisionsResult>("revisions", { uri: DUMP });
  expect(found).toMatchObject({ current: "v1.8.0", chosen: null });
  expect(found.message).toMatch(/^v1\.8\.0, v1\.7\.0 fit 6 of 6 frames equally; the working tree \d\.$/);
  expect(found.offered.slice(0, 3)).toEqual([
    { name: "v1.8.0", isFitting: true },
    { name: "v1.7.0", isFitting: true },
    { name: "v1.20.0", isFitting: false },
  ]);
  await ask("chooseRevision", { uri: DUMP, revision: "v1.7.0" });
  expect(await ask<RevisionsResult>("revisions", { uri: DUMP })).toMatchObject({
    current: "v1.7.0",
    chosen: "v1.7.0",
    message: expect.stringMatching(/^v1\.7\.0 fits 6 of 6 frames;/),
  });
  await ask("chooseRevision", { uri: DUMP, revision: null });
  expect(await ask<RevisionsResult>("revisions", { uri: DUMP })).toMatchObject({ current: "v1.8.0", chosen: null });
});

test("a choice of an earlier session counts", async () => {
  await open(ALL[6]!, { chosenRevisions: { [DUMP]: "v1.7.0" } });
  expect(await ask<RevisionsResult>("revisions", { uri: DUMP })).toMatchObject({ current: "v1.7.0", chosen: "v1.7.0" });
});

test("in a workspace that is not trusted no history is asked, and the warning of drift stays", async () => {
  await open(SIXTEENTH, { trusted: false });
  const { place, warning } = await resolved({ ...keep!, line: 1_000 });
  expect(place.uri).toBe("file:///repo/store/store.go");
  expect(warning).toMatch(/differs/);
  expect(await ask<RevisionsResult>("revisions", { uri: DUMP })).toMatchObject({ message: null, current: null });
  expect(asked).toEqual([]);
});

test.each([
  ["of another repository", { root: "file:///etc", commit: "a".repeat(40), path: "passwd" }],
  ["without a commit", { root: "file:///repo", commit: "HEAD", path: "go.mod" }],
  ["of nothing", null],
])("an address %s has no text", async (_, query) => {
  await open(SIXTEENTH);
  const uri = `${SCHEME}:/x.go?${encodeURIComponent(JSON.stringify(query))}`;
  expect(await ask<RevisionTextResult>("revisionText", { uri })).toBeNull();
  expect(await ask<SameLineResult>("sameLine", { uri, line: 0 })).toMatchObject({ kind: "unknown", place: null });
});

/** Opens a dump of the first release of a program whose `main.go` is gone today. */
async function openGone(options: Readonly<Record<string, unknown>> = {}): Promise<FrameRef> {
  const { releases: gone } = movedProgram(MOVES.get("a file deleted")!, BUILDS.get("elsewhere")!);
  await openIn(gone, goroutineOf(gone[0]!), options);
  return gone[0]!.frames[1]!;
}

test("a frame whose file is gone leads to its text, and from there nowhere", async () => {
  const frame = await openGone();
  const { place, how } = await resolved(frame);
  expect(how).toBe("revision v1");
  const shown = await ask<RevisionTextResult>("revisionText", { uri: place.uri });
  expect(shown?.text.split("\n")[frame.line! - 1]).toBe("\tstore.Put(out)");
  expect(await ask<SameLineResult>("sameLine", { uri: place.uri, line: frame.line! - 1 })).toEqual({
    kind: "noFile",
    place: null,
    isMoved: false,
  });
});

test("a client that shows no revisions hears which one has a file that is gone", async () => {
  const frame = await openGone({ revisionScheme: undefined });
  const answer = await ask<FrameResolution>("resolveFrame", { uri: DUMP, frame });
  if (answer.kind !== "notFound") throw new Error(`the frame is ${answer.kind}`);
  expect(answer.tried[0]).toBe("Revision v1 has the file; it is gone today.");
});

test("an untrusted workspace's history is not looked at for a file that is gone", async () => {
  const frame = await openGone({ trusted: false });
  const answer = await ask<FrameResolution>("resolveFrame", { uri: DUMP, frame });
  expect(answer.kind).toBe("notFound");
  expect(asked).toEqual([]);
});

test("a chosen revision that the repository does not have is told", async () => {
  await openGone();
  await ask("chooseRevision", { uri: DUMP, revision: "v9" });
  const { message, current, chosen } = await ask<RevisionsResult>("revisions", { uri: DUMP });
  expect({ current, chosen }).toEqual({ current: "v1", chosen: "v9" });
  expect(message).toMatch(/^v1 fits 3 of 3 frames; .* v9 is not used: the repository has no such revision\.$/);
});

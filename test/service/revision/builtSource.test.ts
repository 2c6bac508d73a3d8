import { expect, test } from "vitest";
import type { SourceFrame } from "../../../server/src/service/locator/located.ts";
import { builtInRepository } from "../../support/builtInRepository.ts";
import { type Release, releases } from "../../support/releases.ts";

const ALL = releases();
const [seventh, eighth, last] = [ALL[6]!, ALL[7]!, ALL[19]!];

/** What is found out of frames in a workspace of the last release, with some releases in its history. */
const built = (frames: readonly SourceFrame[], history: readonly Release[] | undefined) =>
  builtInRepository(frames, { today: last, history });

const read = async (locator: Awaited<ReturnType<typeof built>>["locator"], path: string) =>
  locator?.read({ uri: `file:///repo/${path}` });

function changed(release: Release, tag: string, path: string, text: string): Release {
  return { ...release, tag, files: new Map([...release.files, [path, text]]) };
}

test("source that fits as it is is read as it is, and no history is asked", async () => {
  const { isDrifted, repositories, locator, today } = await built(last.frames, ALL);
  expect({ isDrifted, repositories, isToday: locator === today }).toEqual({
    isDrifted: false,
    repositories: [],
    isToday: true,
  });
});

test("source that has gone on is read as it was when the program was built, moved files too", async () => {
  const { isDrifted, locator } = await built(ALL[2]!.frames, ALL);
  expect(isDrifted).toBe(true);
  expect(await read(locator, "server/server.go")).toBe(ALL[2]!.files.get("server/server.go"));
  expect(await read(locator, "internal/server/server.go")).toBeUndefined();
  const files = await locator?.packageFiles({ importPath: "example.com/harbour/server" });
  expect(files?.uris).toEqual(["file:///repo/server/server.go"]);
});

test.each([
  ["without a history", undefined],
  ["without the release", ALL.filter(({ tag }) => tag !== "v1.3.0")],
])("source that has gone on is read not at all %s", async (_, history) => {
  const source = await built(ALL[2]!.frames, history);
  expect(source).toMatchObject({ isDrifted: true, locator: undefined });
  expect(source.place(ALL[2]!.frames[1]!)?.built).toBeNull();
});

test.each([
  ["nothing but their text for people", "README.md", "Harbour\n", true],
  ["a file of a package that was read", "store/more.go", "package store\n", false],
  ["a package that was not read", "tools/gen.go", "package main\n", true],
  ["a test", "store/store_test.go", "package store\n", true],
  ["what they require", "go.mod", "module example.com/harbour\n\ngo 1.22\n", false],
])("of equal releases that differ in %s, what was read is certain or not", async (_, path, text, isExpected) => {
  const { repositories, locator, isCertain } = await built(seventh.frames, [
    seventh,
    changed(eighth, "v1.8.1", path, text),
  ]);
  expect(repositories).toMatchObject([{ kind: "equal" }]);
  expect(await read(locator, "store/store.go")).toBe(seventh.files.get("store/store.go"));
  expect(await isCertain()).toBe(isExpected);
});

test("what is read of the one release that fits is certain", async () => {
  const { locator, isCertain } = await built(ALL[2]!.frames, ALL);
  expect(await read(locator, "store/store.go")).toBe(ALL[2]!.files.get("store/store.go"));
  expect(await isCertain()).toBe(true);
});

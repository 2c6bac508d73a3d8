import { expect, test } from "vitest";
import type { SourceFrame } from "../../../server/src/service/locator/located.ts";
import type { BuiltSource } from "../../../server/src/service/revision/builtSource.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { builtInRepository } from "../../support/builtInRepository.ts";
import { BUILDS, MOVES, movedProgram } from "../../support/movedReleases.ts";
import type { Release } from "../../support/releases.ts";

/** The source of some frames in a workspace of the last of some releases. */
function built(
  frames: readonly SourceFrame[],
  releases: readonly Release[],
  { wanted, hasHistory = true }: { readonly wanted?: string; readonly hasHistory?: boolean } = {},
): Promise<BuiltSource> {
  return builtInRepository(frames, { today: releases.at(-1)!, history: hasHistory ? releases : undefined, wanted });
}

function names({ repositories }: BuiltSource): readonly unknown[] {
  return repositories.map(({ kind, best }) => [kind, ...best.map(({ revision }) => revision.name)]);
}

const CASES = [...MOVES].flatMap(([what, move]) =>
  [...BUILDS].flatMap(([how, build]) => [false, true].map((isAlone) => ({ what, move, how, build, isAlone }))),
);

test.each(CASES)("$what, built $how (one file: $isAlone): each release is found", async ({ move, build, isAlone }) => {
  const { releases, today } = movedProgram(move, build, isAlone);
  for (const release of releases.slice(0, 2)) {
    const source = await built(release.frames, releases);
    expect(names(source)).toEqual([["exact", release.tag]]);
    expect(await source.locator?.read({ uri: "file:///repo/main.go" })).toBe(release.files.get("main.go"));
    const place = source.place(release.frames.at(-1)!);
    expect(place?.built).toMatchObject({ path: "main.go", revision: { name: release.tag } });
    const path = today.get("main.go");
    expect(place?.drift).toBe(path === undefined ? "gone" : "other lines");
    expect(place?.uri).toBe(`file:///repo/${path ?? "main.go"}`);
  }
});

test.each(CASES)("$what, built $how (one file: $isAlone): the release that is named is read", async (each) => {
  const { releases } = movedProgram(each.move, each.build, each.isAlone);
  const [first] = releases;
  expect(names(await built(first!.frames, releases, { wanted: "v1" }))).toEqual([["exact", "v1"]]);
  const other = await built(first!.frames, releases, { wanted: "v2" });
  expect(names(other)).toEqual([["none", "v2"]]);
  expect(other.unused).toBeUndefined();
  expect(other.locator).toBeUndefined();
});

test.each(CASES)("$what, built $how (one file: $isAlone): a release alone among others is found", async (each) => {
  const { releases } = movedProgram(each.move, each.build, each.isAlone);
  const [first, , , last] = releases;
  const others = (name: string) => Array.from({ length: 20 }, (_, index) => ({ ...last!, tag: `${name}.${index}` }));
  expect(names(await built(first!.frames, [...others("v0"), first!, ...others("v2")]))).toEqual([["exact", "v1"]]);
});

const [elsewhere, trimmed] = [BUILDS.get("elsewhere")!, BUILDS.get("with -trimpath")!];

test.each([...BUILDS])("releases before and after a move without a change fit equally, built %s", async (_, build) => {
  const move = MOVES.get("the module's folder moved")!;
  const { releases } = movedProgram(move, build);
  const [first, , , last] = releases;
  const moved = {
    ...first!,
    tag: "v1.1",
    files: new Map([...first!.files].map(([path, text]) => [move(path)!, text])),
  };
  const source = await built(first!.frames, [first!, moved, last!]);
  expect(names(source)).toEqual([["equal", "v1.1", "v1"]]);
  expect(await source.isCertain()).toBe(false);
});

test("a file that every program has is not guessed by its name alone", async () => {
  const releases = [0, 1, 2].map((notes) => ({
    tag: `v${notes + 1}`,
    files: new Map([["main.go", `package main\n\n${"// Note.\n".repeat(notes)}func main() {\n\tselect {}\n}\n`]]),
    frames: [],
  }));
  const gone = { tag: "v4", files: new Map([["README.md", "gone\n"]]), frames: [] };
  const frame = { function: "main.main", file: "/app/main.go", line: 5 };
  expect(names(await built([frame], [...releases, gone]))).toEqual([]);
  const waiting = { ...frame, waits: "select" };
  expect(names(await built([waiting], [...releases, gone]))).toEqual([["exact", "v2"]]);
  expect(names(await built([frame], [...releases, gone], { wanted: "v2" }))).toEqual([["exact", "v2"]]);
});

test("a file of another module is not taken for one of this repository, however alike", async () => {
  const { releases } = movedProgram(MOVES.get("a file renamed")!, elsewhere);
  const foreign = releases[0]!.frames.map((frame) => ({
    ...frame,
    function: frame.function.replace("example.com/shop", "example.com/other"),
  }));
  const source = await built(foreign, releases);
  expect(names(source)).toEqual([]);
  expect(foreign.map((frame) => source.place(frame))).toEqual(foreign.map(() => undefined));
});

test("of two files of one name that end equally like the frame's, none is guessed", async () => {
  const { releases } = movedProgram(MOVES.get("a file deleted")!, elsewhere, true);
  const doubled = releases.map((release) => {
    const text = release.files.get("main.go");
    const twice = text === undefined ? [] : [["cmd/a/main.go", text] as const, ["cmd/b/main.go", text] as const];
    return { ...release, files: new Map([["tools/gen.go", "package tools\n"], ...twice]) };
  });
  expect(names(await built(releases[0]!.frames, doubled))).toEqual([]);
});

test("what no revision has is nowhere, not gone", async () => {
  const { releases } = movedProgram(MOVES.get("a file renamed")!, trimmed);
  const made = { function: "example.com/shop/store.Make", file: "example.com/shop/store/made.go", line: 7 };
  const source = await built([...releases[0]!.frames, made], releases);
  expect(names(source)).toEqual([["exact", "v1"]]);
  expect(source.place(made)).toBeUndefined();
});

test.each([
  ["is not there", "v9", {}, "v9 is not used: the repository has no such revision."],
  ["is in no repository", "v1", { hasHistory: false }, "v1 is not used: the source is in no git repository."],
])("a revision that %s is said not to be used", async (_, wanted, more, sentence) => {
  const { releases } = movedProgram(MOVES.get("a file renamed")!, elsewhere);
  const { unused } = await built(releases[0]!.frames, releases, { wanted, ...more });
  expect(unused && english(unused)).toBe(sentence);
});

test("a revision of a repository that the dump has no file of is said not to be used", async () => {
  const { releases } = movedProgram(MOVES.get("a file renamed")!, elsewhere);
  const frame = { function: "example.com/far/kit.Run", file: "/src/far/kit/kit.go", line: 9 };
  const source = await built([frame], releases, { wanted: "v1" });
  expect(source.unused && english(source.unused)).toBe(
    "v1 is not used: no frame of the dump is in a file of its repository.",
  );
});

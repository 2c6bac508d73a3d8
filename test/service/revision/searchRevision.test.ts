import { expect, test } from "vitest";
import type { SourceFrame } from "../../../server/src/service/locator/located.ts";
import { repositoryPaths } from "../../../server/src/service/revision/repositoryPaths.ts";
import type { Revision } from "../../../server/src/service/revision/history.ts";
import { scoreRevision, searchRevision } from "../../../server/src/service/revision/searchRevision.ts";
import { neverCancelled } from "../../support/memoryFileSystem.ts";
import { commitOf, MemoryHistory } from "../../support/memoryHistory.ts";
import { type Release, releases } from "../../support/releases.ts";

const ALL = releases();

function hint(name: string): readonly Revision[] {
  return [{ commit: commitOf(name), name, isTag: true }];
}

function request(
  frames: readonly SourceFrame[],
  of: readonly Release[] = ALL,
  hints: readonly Revision[] = [],
  mentioned: ReadonlySet<string> = new Set(),
) {
  const paths = repositoryPaths(frames, [{ path: "example.com/harbour", folder: [] }], new Map());
  const history = new MemoryHistory(of);
  return {
    history,
    frames: paths,
    goVersion: undefined,
    hints,
    mentioned,
    token: neverCancelled,
    clock: { now: () => 0 },
    deadline: Infinity,
  };
}

async function search(...of: Parameters<typeof request>) {
  const found = await searchRevision(request(...of));
  return { ...found, names: found?.best.map(({ revision }) => revision.name) };
}

test.each(ALL.filter(({ tag }) => !/^v1\.[78]\.0$/.test(tag)))("a dump of $tag is of $tag", async ({ tag, frames }) => {
  const found = await search(frames);
  expect(found).toMatchObject({ kind: "exact", names: [tag], frames: 6, isWhole: true });
  expect(found.best?.[0]?.fits).toBe(6);
});

test.each(ALL)("without $tag, no other release is taken for the one a dump of it is of", async ({ tag, frames }) => {
  const others = ALL.filter((release) => release.tag !== tag);
  const found = await search(frames, others);
  const isTwin = /^v1\.[78]\.0$/.test(tag);
  expect(found.kind).toBe(isTwin ? "exact" : "none");
  expect(found.best?.[0]?.fits ?? 0).toBeLessThan(isTwin ? 7 : 6);
});

test("releases that the dump does not tell apart are all named, the newest first", async () => {
  const seventh = ALL[6]!;
  expect(await search(seventh.frames)).toMatchObject({ kind: "equal", names: ["v1.8.0", "v1.7.0"] });
});

test("of equal releases one that the dump's text mentions comes first, and is no more than that", async () => {
  const found = await search(ALL[6]!.frames, ALL, [], new Set(["v1.7.0", "v1.3.0"]));
  expect(found).toMatchObject({ kind: "equal", names: ["v1.7.0", "v1.8.0"] });
});

test.each(["v0.307.0", "0.307.0"])(
  "a commit of several tags has the name that the text mentions, as %s",
  async (text) => {
    const [seventh] = hint("v1.7.0");
    const named = [{ ...seventh!, otherNames: ["v0.307.0"] }];
    expect(await search(ALL[6]!.frames, ALL, named, new Set([text]))).toMatchObject({ names: ["v0.307.0"] });
    expect(await search(ALL[6]!.frames, ALL, named, new Set(["0.30.0"]))).toMatchObject({ names: ["v1.7.0"] });
  },
);

test("a hint that fits tells equal ones apart, one that does not is passed over", async () => {
  const seventh = ALL[6]!;
  expect(await search(seventh.frames, ALL, hint("v1.7.0"))).toMatchObject({ kind: "exact", names: ["v1.7.0"] });
  expect(await search(seventh.frames, ALL, hint("v1.3.0"))).toMatchObject({ kind: "equal" });
});

test("a revision that is asked for is scored, and no file that it lacks is left out", async () => {
  const [second, last] = [ALL[1]!, ALL[19]!];
  const scored = await scoreRevision(request(last.frames), { commit: commitOf("v1.2.0"), name: "v1.2.0", isTag: true });
  expect(scored).toMatchObject({ kind: "none", frames: 6 });
  expect(scored?.best[0]?.fits).toBeLessThan(4);
  const own = await scoreRevision(request(second.frames), { commit: commitOf("v1.2.0"), name: "v1.2.0", isTag: true });
  expect(own).toMatchObject({ kind: "exact", frames: 6 });
});

test("a file that no revision has was made by the build, and decides nothing", async () => {
  const made = { function: "example.com/harbour/store.stamp", file: "/build/store/zz_version.go", line: 12 };
  expect(await search([...ALL[4]!.frames, made])).toMatchObject({ kind: "exact", names: ["v1.5.0"], frames: 6 });
});

test("a program that is not of the repository fits nothing", async () => {
  const foreign = { function: "example.com/other/store.Put", file: "/build/store/store.go", line: 12 };
  expect(await search([foreign])).toMatchObject({ kind: "none", names: [], frames: 0 });
});

test("the files that hundreds of releases share are read once each", async () => {
  const many = releases(300);
  const asked = request(many[150]!.frames, many);
  const found = await searchRevision(asked);
  expect(found?.best.map(({ revision }) => revision.name)).toContain("v1.151.0");
  expect(new Set(asked.history.texts).size).toBe(asked.history.texts.length);
  expect(asked.history.texts.length).toBeLessThan(150);
});

test("a search that is called off says nothing, one out of time claims nothing", async () => {
  const asked = request(ALL[4]!.frames);
  expect(await searchRevision({ ...asked, token: { isCancellationRequested: true } })).toBeUndefined();
  let now = 0;
  const late = await searchRevision({ ...asked, clock: { now: () => (now += 15_000) }, deadline: 20_000 });
  expect(late).toMatchObject({ kind: "none", best: [], isWhole: false });
});

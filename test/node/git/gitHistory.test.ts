import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { gitHistory } from "../../../server/src/node/git/gitHistory.ts";
import type { History } from "../../../server/src/service/revision/history.ts";
import { repositoryPaths } from "../../../server/src/service/revision/repositoryPaths.ts";
import { searchRevision } from "../../../server/src/service/revision/searchRevision.ts";
import { neverCancelled } from "../../support/memoryFileSystem.ts";
import { makeRepository, runGit } from "../../support/releaseRepository.ts";
import { releases } from "../../support/releases.ts";

const ALL = releases();
const folders: string[] = [];

function repository(...of: Parameters<typeof makeRepository>): string {
  const folder = makeRepository(...of);
  folders.push(folder);
  return folder;
}

function historyOf(folder: string): History {
  return gitHistory(pathToFileURL(folder).href) ?? missing("git");
}

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("twenty releases", () => {
  let history: History;

  beforeAll(() => {
    const folder = repository(ALL);
    history = historyOf(folder);
  });

  async function search(frames: (typeof ALL)[number]["frames"]) {
    const paths = repositoryPaths(frames, [{ path: "example.com/harbour", folder: [] }], new Map());
    const request = { history, frames: paths, goVersion: undefined, hints: [], mentioned: new Set<string>() };
    return searchRevision({ ...request, token: neverCancelled, clock: { now: () => Date.now() }, deadline: Infinity });
  }

  test("a dump of each is of its tag", async () => {
    for (const { tag, frames } of ALL) {
      const found = await search(frames);
      const isTwin = /^v1\.[78]\.0$/.test(tag);
      expect(found).toMatchObject({ kind: isTwin ? "equal" : "exact", frames: 6, isWhole: true });
      expect(found?.best.map(({ revision }) => revision.name)).toContain(tag);
      expect(found?.best.every(({ fits }) => fits === 6)).toBe(true);
    }
  });

  test("the files of a commit are listed, their texts read and named alike", async () => {
    const third = ALL[2]!;
    const revision = (await history.find("v1.3.0")) ?? missing("tag");
    const files = (await history.files(revision.commit)) ?? new Map<string, string>();
    expect([...files.keys()].sort()).toEqual([...third.files.keys()].sort());
    for (const [path, text] of third.files) {
      const [blob] = await history.blobs([{ commit: revision.commit, path }]);
      expect(blob).toBe(files.get(path));
      expect(new TextDecoder().decode(await history.read(blob ?? ""))).toBe(text);
    }
  });

  test("files that have another name today are known by what they hold", async () => {
    const renames = async (tag: string) => [...(await history.renames((await history.find(tag))?.commit ?? ""))];
    expect(await renames("v1.14.0")).toEqual([["server/server.go", "internal/server/server.go"]]);
    expect(await renames("v1.16.0")).toEqual([]);
    expect([...(await history.renames("v9.9.9"))]).toEqual([]);
  });

  test("revisions are found by tag, branch and the beginning of a hash; what is none is absent", async () => {
    const tag = await history.find("v1.20.0");
    expect(tag).toMatchObject({ name: "v1.20.0", isTag: true });
    expect(await history.find("main")).toEqual({ commit: tag?.commit, name: "main", isTag: false });
    const short = tag?.commit.slice(0, 12) ?? "";
    expect(await history.find(short)).toEqual({ commit: tag?.commit, name: short, isTag: false });
    for (const name of ["v9.9.9", "", "main\nv1.20.0", "v1.20.0:go.mod", "--help"]) {
      expect(await history.find(name)).toBeUndefined();
    }
    const paths = ["gone.go", "store", "../etc/passwd", "a\nb"];
    const files = paths.map((path) => ({ commit: tag?.commit ?? "", path }));
    expect(await history.blobs(files)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

test("tags and the commits of HEAD are candidates, each commit once, the newest first", async () => {
  const folder = repository(ALL.slice(0, 2));
  runGit(folder, "commit", "--quiet", "--allow-empty", "--message=later", "--date=2099-01-01T00:00:00Z");
  runGit(folder, "tag", "--annotate", "--message=again", "annotated", "v1.1.0");
  const { revisions } = await historyOf(folder).candidates(neverCancelled);
  const head = runGit(folder, "rev-parse", "HEAD").trim();
  expect(revisions.map(({ commit }) => commit)).toContain(head);
  expect(revisions).toHaveLength(3);
  const names = revisions.filter(({ isTag }) => isTag).map(({ name, otherNames = [] }) => [name, ...otherNames].sort());
  expect(names).toEqual(expect.arrayContaining([["annotated", "v1.1.0"], ["v1.2.0"]]));
  expect(names).toHaveLength(2);
});

describe("a repository that is configured to run programs", () => {
  let folder: string;
  let trace: string;
  const lost = "store/store.go";
  const missingBlob = () => runGit(folder, "rev-parse", `v1.1.0:${lost}`).trim();

  beforeEach(() => {
    folder = repository(ALL.slice(0, 2), { ".gitattributes": "*.go diff=evil filter=evil\n" });
    trace = join(folder, "was-run");
    const evil = join(folder, "evil.sh");
    writeFileSync(evil, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 });
    const blob = missingBlob();
    rmSync(join(folder, ".git/objects", blob.slice(0, 2), blob.slice(2)), { force: true });
    const programs = ["core.fsmonitor", "core.pager", "core.sshCommand", "diff.evil.textconv", "filter.evil.smudge"];
    const config: readonly (readonly [string, string])[] = [
      ...programs.map((key) => [key, evil] as const),
      // What is missing is fetched by a program that the address names.
      ["core.repositoryFormatVersion", "1"],
      ["extensions.partialClone", "origin"],
      ["remote.origin.promisor", "true"],
      ["remote.origin.url", `ext::${evil}`],
      ["protocol.ext.allow", "always"],
    ];
    for (const [key, value] of config) runGit(folder, "config", key, value);
  });

  test("makes git as it is run its program", () => {
    expect(() => runGit(folder, "cat-file", "-p", missingBlob())).toThrow(/./);
    expect(existsSync(trace)).toBe(true);
  });

  test("runs none when its history is read, and the rest of it is there", async () => {
    const blob = missingBlob();
    rmSync(trace, { force: true });
    const history = historyOf(folder);
    const { revisions } = await history.candidates(neverCancelled);
    expect(revisions.map(({ name }) => name)).toEqual(expect.arrayContaining(["v1.1.0", "v1.2.0"]));
    const { commit } = (await history.find("v1.1.0")) ?? missing("tag");
    expect(await history.blobs([{ commit, path: lost }])).toEqual([undefined]);
    expect(await history.read(blob)).toBeUndefined();
    expect((await history.files(commit))?.get(lost)).toBe(blob);
    await history.renames(commit);
    const [other] = await history.blobs([{ commit, path: "main.go" }]);
    expect(new TextDecoder().decode(await history.read(other ?? ""))).toBe(ALL[0]!.files.get("main.go"));
    expect(existsSync(trace)).toBe(false);
  });
});

test("what the environment says of git leads to no other repository", async () => {
  const [first, second] = [repository(ALL.slice(0, 1)), repository(ALL.slice(1, 2))];
  process.env["GIT_DIR"] = join(second, ".git");
  try {
    const { revisions } = await historyOf(first).candidates(neverCancelled);
    expect(revisions.map(({ name }) => name)).toEqual(["v1.1.0"]);
  } finally {
    delete process.env["GIT_DIR"];
  }
});

test("a folder without a repository has no history to tell", async () => {
  const folder = repository([]);
  rmSync(join(folder, ".git"), { recursive: true });
  const history = historyOf(folder);
  expect(await history.candidates(neverCancelled)).toEqual({ revisions: [], isWhole: true });
  expect(await history.find("main")).toBeUndefined();
  expect(await history.files("main")).toBeUndefined();
});

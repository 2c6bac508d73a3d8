import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../server/src/output/report.ts";
import { analyzeOutput } from "../support/analyzeReport.ts";
import { BUILDS, goroutineOf, MOVES, type MovedProgram, movedProgram } from "../support/movedReleases.ts";
import { makeRepository, runGit } from "../support/releaseRepository.ts";

const own = mkdtempSync(join(tmpdir(), "moved-"));

afterAll(() => rmSync(own, { recursive: true, force: true }));

function dumpFile({ releases }: MovedProgram, name: string): string {
  const path = join(own, `${name.replaceAll(/\W/g, "-")}.txt`);
  writeFileSync(path, goroutineOf(releases[0]!));
  return path;
}

async function analyzed(file: string, repository: string, revision?: string) {
  const warnings: string[] = [];
  const options = { sources: [repository], ...(revision !== undefined && { revision }) };
  const text = await analyzeOutput(file, { ...options, warn: (sentence) => warnings.push(sentence) });
  const dump = (JSON.parse(text) as Report).dumps[0]!;
  const frames = [...dump.groups].flatMap(({ frames: calls, createdBy }) =>
    createdBy ? [...calls, createdBy] : calls,
  );
  return { dump, warnings, main: frames.find(({ function: name }) => name === "main.work") };
}

describe.each([...MOVES])("%s since the release", (what, move) => {
  const program = movedProgram(move, BUILDS.get("elsewhere")!);
  let repository: string;

  beforeAll(() => {
    repository = makeRepository(program.releases);
  });

  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  test.each([undefined, "v1"])("a dump of it is read as it was built (--rev %s)", async (revision) => {
    const { dump, warnings, main } = await analyzed(dumpFile(program, what), repository, revision);
    expect(dump.revisions).toMatchObject([{ kind: "exact", revisions: ["v1"], fits: 3, frames: 3 }]);
    expect(warnings).toEqual([]);
    const path = program.today.get("main.go");
    const today = program.releases[2]!.frames[1]!.line;
    expect(main).toMatchObject(
      path === undefined
        ? { resolved: join(repository, "main.go"), drift: "gone", revision: "v1" }
        : { resolved: join(repository, path), drift: "other lines", revision: "v1", lineToday: today },
    );
    expect(main?.movedFrom).toBe(path === undefined || path === "main.go" ? undefined : join(repository, "main.go"));
  });
});

describe("a module that has a folder of its own since", () => {
  const what = "the module's folder moved";
  const program = movedProgram(MOVES.get(what)!, BUILDS.get("elsewhere")!);
  let repository: string;

  beforeAll(() => {
    repository = makeRepository(program.releases);
  });

  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  test.each([undefined, "v1"])("is enough as the source of a dump from before (--rev %s)", async (revision) => {
    const source = join(repository, "services/shop");
    const { dump, warnings, main } = await analyzed(dumpFile(program, "new-folder"), source, revision);
    expect(dump.revisions).toMatchObject([{ repository, kind: "exact", revisions: ["v1"], fits: 3, frames: 3 }]);
    expect(warnings).toEqual([]);
    expect(main).toMatchObject({ resolved: join(source, "main.go"), drift: "other lines", revision: "v1" });
    expect(main?.movedFrom).toBe(join(repository, "main.go"));
  });

  test("takes no revision that does not fit", async () => {
    const source = join(repository, "services/shop");
    const { dump, main } = await analyzed(dumpFile(program, "new-folder"), source, "v2");
    expect(dump.revisions).toMatchObject([{ kind: "none", revisions: ["v2"], frames: 3 }]);
    expect(main?.revision ?? null).toBeNull();
  });
});

describe("a file renamed and not committed yet", () => {
  const program = movedProgram((path) => path, BUILDS.get("elsewhere")!);

  test.each([
    ["with git", (folder: string) => runGit(folder, "mv", "main.go", "cmd/shop/serve.go")],
    ["by hand, in its folder", (folder: string) => renameSync(join(folder, "main.go"), join(folder, "cmd.go"))],
  ])("%s is followed", async (how, rename) => {
    const repository = makeRepository(program.releases);
    mkdirSync(join(repository, "cmd/shop"), { recursive: true });
    rename(repository);
    const { dump, main } = await analyzed(dumpFile(program, how), repository);
    rmSync(repository, { recursive: true, force: true });
    expect(dump.revisions).toMatchObject([{ kind: "exact", revisions: ["v1"] }]);
    expect(main).toMatchObject({ drift: "other lines", movedFrom: join(repository, "main.go") });
    expect(dirname(main?.resolved ?? "")).toBe(how === "with git" ? join(repository, "cmd/shop") : repository);
  });
});

describe("--rev", () => {
  const program = movedProgram(MOVES.get("a file renamed")!, BUILDS.get("elsewhere")!);
  let repository: string;

  beforeAll(() => {
    repository = makeRepository(program.releases);
  });

  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  test("of a revision that the repository does not have is an error", async () => {
    await expect(analyzed(dumpFile(program, "a"), repository, "v9")).rejects.toThrow(
      "--rev v9: the repository of --source has no such revision",
    );
  });

  test("outside of a repository is an error", async () => {
    await expect(analyzed(dumpFile(program, "a"), own, "v1")).rejects.toThrow(
      "--rev v1: --source is in no git repository, or git is not installed",
    );
  });

  test("that is of no use for a dump is said not to be used", async () => {
    const file = join(own, "foreign.txt");
    writeFileSync(file, "goroutine 7 [chan send]:\nexample.com/far/kit.Run(0x1)\n\t/src/far/kit/kit.go:9 +0x2f\n");
    const { dump, warnings } = await analyzed(file, repository, "v1");
    expect(dump.revisions).toBeUndefined();
    expect(warnings).toEqual([`${file}: --rev v1 is not used: no frame of the dump is in a file of its repository.`]);
  });
});

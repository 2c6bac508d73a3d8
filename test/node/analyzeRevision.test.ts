import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FrameReport, Report } from "../../server/src/output/report.ts";
import { analyzeOutput } from "../support/analyzeReport.ts";
import { makeRepository } from "../support/releaseRepository.ts";
import { dumpOf, releases } from "../support/releases.ts";

const ALL = releases();
const own = mkdtempSync(join(tmpdir(), "revision-"));
let repository: string;

beforeAll(() => {
  repository = makeRepository(ALL);
});

afterAll(() => {
  for (const folder of [own, repository]) rmSync(folder, { recursive: true, force: true });
});

/** Where the goroutines begin that its finding is about: behind the one of `main`, which has four lines. */
const dumpLine = 5;

function dumpFile(tag: string, before = ""): string {
  const release = ALL.find((each) => each.tag === tag) ?? ALL[0]!;
  const path = join(own, `${tag}.txt`);
  writeFileSync(path, before + dumpOf(release));
  return path;
}

async function report(file: string, revision?: string): Promise<Report["dumps"][number]> {
  const text = await analyzeOutput(file, { sources: [repository], ...(revision !== undefined && { revision }) });
  return (JSON.parse(text) as Report).dumps[0]!;
}

function framesOf(dump: Report["dumps"][number]): readonly FrameReport[] {
  return [...dump.groups].flatMap(({ frames, createdBy }) => (createdBy ? [...frames, createdBy] : frames));
}

interface SarifResult {
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly properties: unknown;
}

async function sarifResults(file: string): Promise<readonly SarifResult[]> {
  const text = await analyzeOutput(file, { format: "sarif", sources: [repository] });
  const { runs } = JSON.parse(text) as { readonly runs: readonly { readonly results: readonly SarifResult[] }[] };
  return runs.flatMap(({ results }) => results);
}

describe("a dump whose repository has gone on", () => {
  test.each(ALL.slice(0, -1))("of $tag is told to be of it", async ({ tag, frames }) => {
    const dump = await report(dumpFile(tag));
    const [found] = dump.revisions ?? [];
    expect(found).toMatchObject({ repository, fits: frames.length, frames: frames.length });
    expect(found?.revisions).toContain(tag);
    expect(found?.kind).toBe(/^v1\.[78]\./.test(tag) ? "equal" : "exact");
    expect(found?.today).toBeLessThan(frames.length);
  });

  test("says of each place how today's file differs, and which revision it fits", async () => {
    const frames = framesOf(await report(dumpFile("v1.3.0")));
    const places = frames.map(({ function: name, resolved, drift, revision }) => ({
      name: name.replace("example.com/harbour/", ""),
      resolved: resolved?.slice(repository.length + 1),
      drift,
      revision,
    }));
    expect(places).toEqual(
      expect.arrayContaining([
        // Another name and another file today.
        { name: "store.(*Store).drain", resolved: "store/store.go", drift: "gone", revision: "v1.3.0" },
        { name: "store.(*Store).Put", resolved: "store/store.go", drift: "other lines", revision: "v1.3.0" },
        // The same name in a file that has moved to another folder.
        { name: "server.Serve", resolved: "internal/server/server.go", drift: "other lines", revision: "v1.3.0" },
        { name: "main.main", resolved: "main.go", drift: "other lines", revision: "v1.3.0" },
      ]),
    );
    expect(frames.every(({ resolvedBy }) => typeof resolvedBy === "string" && resolvedBy !== "")).toBe(true);
  });

  test.each(ALL.filter(({ tag }) => /^v1\.1[39]\./.test(tag)))(
    "of $tag, since which a function has moved to another file, says where it is today",
    async ({ tag, frames, files }) => {
      const [moved] = frames;
      expect(files.has("store/drain.go")).toBe(false);
      const line = ALL[19]!.files.get("store/drain.go")!.split("\n").indexOf("\ts.out <- item") + 1;
      const place = {
        resolved: join(repository, "store/drain.go"),
        movedFrom: join(repository, "store/store.go"),
        drift: "other lines",
        revision: tag,
        lineToday: line,
      };
      const dump = await report(dumpFile(tag));
      expect(framesOf(dump).find(({ function: name }) => name === moved?.function)).toMatchObject(place);
      const text = await analyzeOutput(dumpFile(tag), { format: "text", sources: [repository] });
      expect(text).toContain(`store/store.go:${moved?.line} (in ${tag}, line ${line} of drain.go today)`);
      const [result] = await sarifResults(dumpFile(tag));
      expect(result?.locations[0]?.physicalLocation).toMatchObject({
        artifactLocation: { uri: expect.stringMatching(/store\/drain\.go$/) as unknown },
        region: { startLine: line },
      });
    },
  );

  test("of a release before a function was renamed finds it nowhere, in whichever file it was", async () => {
    for (const { tag, frames } of [ALL[3]!, ALL[8]!]) {
      const place = framesOf(await report(dumpFile(tag))).find(({ function: name }) => name === frames[0]?.function);
      expect(place).toMatchObject({ drift: "gone" });
      expect(place?.lineToday).toBeUndefined();
    }
  });

  test("is said in the text", async () => {
    const text = await analyzeOutput(dumpFile("v1.3.0"), { format: "text", sources: [repository] });
    const [drain, put, keep] = ALL[2]!.frames;
    const line = ALL[19]!.files.get("store/store.go")!.split("\n").indexOf("\ts.Put(1)") + 1;
    expect(text).toMatch(/v1\.3\.0 fits 6 of 6 frames; the working tree [0-5]\./);
    expect(text).toContain(`store/store.go:${drain?.line} (in v1.3.0, gone today)`);
    expect(text).toContain(`store/store.go:${put?.line} (in v1.3.0, other lines today)`);
    expect(text).toContain(`store/store.go:${keep?.line} (in v1.3.0, line ${line} today)`);
  });

  test.each([
    ["v1.3.0", "gone", /v1\.3\.0\.txt$/, dumpLine],
    ["v1.16.0", "other lines", /store\/drain\.go$/, ALL[19]!.frames[0]!.line],
  ])("of %s, %s today, stands in SARIF where a viewer finds it", async (tag, drift, file, startLine) => {
    const results = await sarifResults(dumpFile(tag));
    expect(results).toHaveLength(1);
    for (const { locations, properties } of results) {
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(file);
      expect(properties).toMatchObject({ drift, revision: tag });
      expect(locations[0]?.physicalLocation.region.startLine).toBe(startLine);
    }
  });

  test.each([
    ["v1.3.0", `v1.3.0.txt,line=${dumpLine},`],
    ["v1.16.0", `store/drain.go,line=${ALL[19]!.frames[0]!.line},`],
  ])("of %s is annotated where GitHub shows it", async (tag, place) => {
    const annotations = await analyzeOutput(dumpFile(tag), { format: "github", sources: [repository] });
    expect(annotations).toContain(place);
  });

  test("is told in Markdown too", async () => {
    const summary = await analyzeOutput(dumpFile("v1.3.0"), { format: "markdown", sources: [repository] });
    expect(summary).toContain("(in v1.3.0, gone today)");
  });

  test("has nothing to tell when today's files fit", async () => {
    const dump = await report(dumpFile("v1.20.0"));
    expect(dump.revisions).toBeUndefined();
    expect(framesOf(dump).map(({ drift, revision }) => ({ drift, revision }))).toEqual(
      Array.from({ length: 6 }, () => ({ drift: "none", revision: null })),
    );
  });
});

describe("--rev", () => {
  test("decides between equal ones", async () => {
    expect((await report(dumpFile("v1.8.0"), "v1.7.0")).revisions).toMatchObject([
      { kind: "exact", revisions: ["v1.7.0"] },
    ]);
  });

  test("does not make a revision fit", async () => {
    const dump = await report(dumpFile("v1.3.0"), "v1.4.0");
    expect(dump.revisions).toMatchObject([{ kind: "none", revisions: ["v1.4.0"], frames: 6 }]);
    expect(framesOf(dump).every(({ revision = null }) => revision === null)).toBe(true);
  });

  test("of a revision that the repository does not have is an error", async () => {
    await expect(report(dumpFile("v1.3.0"), "v9.9.9")).rejects.toThrow(/no such revision/);
  });
});

test("build information in the text of a dump tells equal revisions apart", async () => {
  const info = "build\tvcs=git\nmod\texample.com/harbour\tv1.7.0\t\n\n";
  expect((await report(dumpFile("v1.7.0", info))).revisions).toMatchObject([{ kind: "exact", revisions: ["v1.7.0"] }]);
  expect((await report(dumpFile("v1.7.0", "harbour v1.7.0 starts\n\n"))).revisions).toMatchObject([
    { kind: "equal", revisions: ["v1.7.0", "v1.8.0"] },
  ]);
});

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { AnyReader } from "../../../server/src/formats/anyReader.ts";
import { guessGoVersion } from "../../../server/src/core/names/goVersion.ts";
import { nodeFileSystem } from "../../../server/src/node/nodeFileSystem.ts";
import { frameTarget } from "../../../server/src/service/locator/frameTarget.ts";
import { framesOfDump } from "../../../server/src/service/locator/framesOfDump.ts";
import { goVersionIn, isOtherRelease } from "../../../server/src/service/locator/goRelease.ts";
import { createSourceLocator } from "../../../server/src/service/locator/sourceLocator.ts";
import { standardPath, versionOf } from "../../../server/src/service/locator/standardPath.ts";
import { type Drift, frameDrift, scanText, type ScannedText } from "../../../server/src/service/revision/frameFit.ts";
import { neverCancelled, silentLogger } from "../../support/memoryFileSystem.ts";
import { neededProgram } from "../../support/neededProgram.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures");

interface Corpus {
  readonly files: readonly { readonly file: string; readonly sourceRoot?: string }[];
}

/** Dumps of real programs, with the folder of the source they were built from. */
function builtHere(): readonly (readonly [dump: string, source: string])[] {
  const corpus = JSON.parse(readFileSync(join(FIXTURES, "corpus/manifest.json"), "utf8")) as Corpus;
  const folders = ["programs", ...["learn", "heldOut"].map((name) => `services/${name}`)].flatMap((parent) =>
    readdirSync(join(FIXTURES, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(FIXTURES, parent, entry.name)),
  );
  return [
    ...corpus.files.flatMap(({ file, sourceRoot }) =>
      sourceRoot === undefined ? [] : [[join(FIXTURES, "corpus", file), join(FIXTURES, "corpus", sourceRoot)] as const],
    ),
    ...folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /\.(?:txt|gz)$/.test(name))
        .map((name) => [join(folder, name), folder] as const),
    ),
  ];
}

test("no frame speaks against the source that its program was built from", async () => {
  const against: string[] = [];
  const counts: Record<Drift, number> = { none: 0, "other lines": 0, gone: 0, unknown: 0 };
  for (const [path, source] of builtHere()) {
    const reader = new AnyReader();
    reader.push(readFileSync(path));
    const folder = pathToFileURL(source).href;
    const locator = createSourceLocator({
      fileSystem: nodeFileSystem,
      logger: silentLogger,
      folders: [{ uri: folder, name: "source" }],
      settings: { sourceMap: [], trusted: false },
    });
    for (const dump of reader.end().dumps) {
      const goVersion = guessGoVersion(dump);
      const frames = framesOfDump(dump);
      for (const frame of frames) {
        const located = await locator.locate(frame, { goVersion, dumpUri: path, frames }, neverCancelled);
        if (located.kind !== "found" || !located.uri.startsWith(folder) || !located.uri.endsWith(".go")) continue;
        const text = await locator.read(located);
        const drift = frameDrift(scanText(text ?? ""), frame, goVersion?.replace(/^go/, ""));
        counts[drift]++;
        if (drift === "other lines" || drift === "gone")
          against.push(
            `${drift}: ${path.slice(FIXTURES.length + 1)} ${frame.function} ${frame.file}:${frame.line} ${frame.calls} ${frame.waits}`,
          );
      }
    }
  }
  process.stdout.write(`frames against their own source: ${JSON.stringify(counts)}\n`);
  expect(against).toEqual([]);
  expect(counts.none).toBeGreaterThan(2_000);
});

const go = neededProgram("go", "golang-go");

test.skipIf(go === undefined)("no frame of the Go that is installed speaks against its own source", () => {
  const root = execFileSync(go!, ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const release = goVersionIn(readFileSync(join(root, "VERSION"), "utf8")) ?? "";
  const scans = new Map<string, ScannedText | undefined>();
  const scan = (path: string): ScannedText | undefined => {
    if (!scans.has(path)) scans.set(path, existsSync(path) ? scanText(readFileSync(path, "utf8")) : undefined);
    return scans.get(path);
  };
  const against: string[] = [];
  let fitting = 0;
  for (const [path] of builtHere()) {
    const reader = new AnyReader();
    reader.push(readFileSync(path));
    for (const frame of reader.end().dumps.flatMap(framesOfDump)) {
      const target = frameTarget(frame);
      const below = typeof target === "string" || !frame.file.endsWith(".go") ? undefined : standardPath(target);
      const { version = "" } = (typeof target !== "string" && versionOf(target, undefined)) || {};
      if (below === undefined || version === "" || isOtherRelease(release, version)) continue;
      const scanned = scan(join(root, "src", ...below));
      const drift = scanned ? frameDrift(scanned, frame, release) : "gone";
      if (drift === "none") fitting++;
      if (drift === "other lines" || drift === "gone")
        against.push(`${drift}: ${frame.function} ${frame.file}:${frame.line}`);
    }
  }
  process.stdout.write(`frames of Go ${release} against its own source: ${fitting} fit\n`);
  expect(against).toEqual([]);
  // Of other releases there may be no dump.
  expect(fitting).toBeGreaterThan(release.startsWith("1.19.") ? 1_000 : -1);
});

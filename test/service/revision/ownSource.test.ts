import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { AnyReader } from "../../../server/src/formats/anyReader.ts";
import { guessGoVersion } from "../../../server/src/core/names/goVersion.ts";
import { nodeFileSystem } from "../../../server/src/node/nodeFileSystem.ts";
import { framesOfDump } from "../../../server/src/service/locator/framesOfDump.ts";
import { createSourceLocator } from "../../../server/src/service/locator/sourceLocator.ts";
import { type Drift, frameDrift, scanText } from "../../../server/src/service/revision/frameFit.ts";
import { neverCancelled, silentLogger } from "../../support/memoryFileSystem.ts";

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

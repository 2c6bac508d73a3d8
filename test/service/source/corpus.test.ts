import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { URI } from "vscode-uri";
import { beforeAll, expect, test } from "vitest";
import type { SourceFrame } from "../../../server/src/service/source/located.ts";
import { createSourceLocator, type SourceLocator } from "../../../server/src/service/source/sourceLocator.ts";
import type { FileSystem } from "../../../server/src/service/ports.ts";
import { MemoryFileSystem, neverCancelled, silentLogger } from "../../support/memoryFileSystem.ts";
import { readFrames } from "../../support/sourceFrames.ts";

const CORPUS = join(import.meta.dirname, "../../fixtures/corpus");

interface ManifestFile {
  readonly file: string;
  readonly goVersion: string;
  readonly sourceRoot: string;
  readonly extraRoots?: Readonly<Record<string, string>>;
  readonly expectedFindings: readonly { readonly at?: string; readonly source?: string }[];
}

interface Position {
  readonly dump: ManifestFile;
  readonly frame: SourceFrame;
  readonly frames: readonly SourceFrame[];
  /** Below the corpus folder. */
  readonly source: string;
  readonly line: number;
}

const positions: Position[] = [];
const sources = new Map<string, string>();

beforeAll(() => {
  const manifest = JSON.parse(readFileSync(join(CORPUS, "manifest.json"), "utf8")) as { files: ManifestFile[] };
  for (const dump of manifest.files) {
    const frames = readFrames(join(CORPUS, dump.file));
    for (const { at, source } of dump.expectedFindings) {
      if (at === undefined || source === undefined) continue;
      const [file, line] = splitPosition(at);
      const found = frames.find((frame) => frame.file === file && frame.line === line);
      const [sourceFile, sourceLine] = splitPosition(source);
      positions.push({
        dump,
        frame: found ?? { function: "", file, line },
        frames,
        source: sourceFile,
        line: sourceLine,
      });
    }
  }
  for (const entry of readdirSync(join(CORPUS, "src"), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) sources.set(path.slice(CORPUS.length + 1), readFileSync(path, "utf8"));
  }
});

test("each place of the manifest is found when the workspace is the module it was built from", async () => {
  const score = await resolveAll((dump) => [dump.sourceRoot, ...Object.values(dump.extraRoots ?? {})], "/corpus");
  report(`module as workspace: ${describe(score)}`);
  expect(score.wrong).toEqual([]);
  expect(score.notFound).toEqual([]);
});

test("each place is found when all modules are in one workspace folder", async () => {
  const score = await resolveAll(() => ["src"], "/corpus");
  report(`all modules in one folder: ${describe(score)}`);
  expect(score.wrong).toEqual([]);
  expect(score.notFound).toEqual([]);
});

test("no place is found in a workspace of other modules", async () => {
  const all = readdirSync(join(CORPUS, "src")).map((name) => `src/${name}`);
  const score = await resolveAll(
    (dump) => all.filter((root) => root !== dump.sourceRoot && root !== "src/deps"),
    "/corpus",
  );
  report(`other modules only: ${describe(score)}`);
  expect(score.wrong).toEqual([]);
});

interface Score {
  right: number;
  readonly wrong: string[];
  readonly notFound: string[];
}

async function resolveAll(rootsOf: (dump: ManifestFile) => readonly string[], mount: string): Promise<Score> {
  const score: Score = { right: 0, wrong: [], notFound: [] };
  const fileSystem = new MemoryFileSystem(
    Object.fromEntries([...sources].map(([path, text]) => [`${mount}/${path}`, text])),
  );
  const locators = new Map<string, SourceLocator>();
  for (const { dump, frame, frames, source, line } of positions) {
    const roots = rootsOf(dump);
    const locator =
      locators.get(roots.join()) ??
      locatorFor(
        fileSystem,
        roots.map((root) => `${mount}/${root}`),
      );
    locators.set(roots.join(), locator);
    const context = { goVersion: dump.goVersion, frames, dumpUri: dump.file };
    const answer = await locator.locate(frame, context, neverCancelled);
    const expected = URI.file(`${mount}/${source}`).toString();
    const what = `${dump.file}: ${frame.function} ${frame.file}:${frame.line}: ${JSON.stringify(answer)}`;
    if (answer.kind !== "found") score.notFound.push(what);
    else if (answer.uri !== expected || answer.line !== line - 1) score.wrong.push(what);
    else if (answer.proof === "drifted") score.wrong.push(what);
    else score.right++;
  }
  return score;
}

function locatorFor(fileSystem: FileSystem, roots: readonly string[]): SourceLocator {
  const folders = roots.map((root) => ({ uri: URI.file(root).toString(), name: root }));
  return createSourceLocator({
    fileSystem,
    logger: silentLogger,
    folders,
    settings: { sourceMap: [], trusted: false },
  });
}

function report(line: string): void {
  process.stdout.write(`source locator, ${line}\n`);
}

function describe({ right, wrong, notFound }: Score): string {
  return `${right} right, ${wrong.length} wrong, ${notFound.length} not found`;
}

function splitPosition(at: string): readonly [string, number] {
  const colon = at.lastIndexOf(":");
  return [at.slice(0, colon), Number(at.slice(colon + 1))];
}

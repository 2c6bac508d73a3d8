import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { URI } from "vscode-uri";
import { beforeAll, expect, test } from "vitest";
import { nodeFileSystem } from "../../../server/src/node/nodeFileSystem.ts";
import type { FileSystem } from "../../../server/src/service/base/ports.ts";
import type { SourceFrame } from "../../../server/src/service/locator/located.ts";
import { createSourceLocator, type SourceLocator } from "../../../server/src/service/locator/sourceLocator.ts";
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

/** A place of a finding: as the dump has it, and where it is. */
interface Position {
  readonly dump: ManifestFile;
  readonly frame: SourceFrame;
  /** The frames of its dump. */
  readonly frames: readonly SourceFrame[];
  /** Below the corpus folder. */
  readonly source: string;
  readonly line: number;
}

/** A workspace for a dump: its folders, and where a source of the corpus is in it. */
interface Workspace {
  readonly fileSystem: FileSystem;
  readonly folders: readonly string[];
  pathOf(source: string): string;
}

const positions: Position[] = [];
const standard: Position["frame"][] = [];
/** Path below the corpus folder to text. */
const sources = new Map<string, string>();

beforeAll(() => {
  const manifest = JSON.parse(readFileSync(join(CORPUS, "manifest.json"), "utf8")) as { files: ManifestFile[] };
  for (const dump of manifest.files) {
    const frames = readFrames(join(CORPUS, dump.file));
    standard.push(...frames.filter(({ file }) => /^\/usr\/local\/go\/src\/.*\.go$|^(?:net|runtime|sync)\//.test(file)));
    for (const { at, source } of dump.expectedFindings) {
      if (at === undefined || source === undefined) continue;
      const [file, line] = splitPosition(at);
      const frame = frames.find((one) => one.file === file && one.line === line) ?? { function: "", file, line };
      const [sourceFile, sourceLine] = splitPosition(source);
      positions.push({ dump, frame, frames, source: sourceFile, line: sourceLine });
    }
  }
  for (const entry of readdirSync(join(CORPUS, "src"), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) sources.set(path.slice(CORPUS.length + 1), readFileSync(path, "utf8"));
  }
});

test("each place is found when the workspace is the module the program was built from", async () => {
  const score = await resolveAll((dump) => onDisk([dump.sourceRoot, ...Object.values(dump.extraRoots ?? {})]));
  report("module as workspace", score);
  expect(score).toMatchObject({ wrong: [], notFound: [] });
});

test("each place is found when all modules are in one workspace folder", async () => {
  const score = await resolveAll(() => onDisk(["src"]));
  report("all modules in one folder", score);
  expect(score).toMatchObject({ wrong: [], notFound: [] });
});

test("each place is found when the folder of the module has another name", async () => {
  // A profile in protobuf has no function here: there the base name is all there is, and the user is asked.
  const score = await resolveAll(renamed, ({ frame }) => frame.function !== "");
  report("folders of other names", score);
  expect(score).toMatchObject({ wrong: [], notFound: [] });
});

test("no place is found in a workspace of other modules", async () => {
  const all = readdirSync(join(CORPUS, "src")).map((name) => `src/${name}`);
  const score = await resolveAll((dump) =>
    onDisk(all.filter((root) => root !== dump.sourceRoot && root !== "src/deps")),
  );
  report("other modules only", score);
  expect(score).toMatchObject({ right: 0, wrong: [] });
});

test("frames of the standard library are found in a GOROOT, and in nothing else", async () => {
  const files = standard.map(
    ({ file }) => [`/goroot/src/${file.replace("/usr/local/go/src/", "")}`, "package p\n"] as const,
  );
  const fileSystem = new MemoryFileSystem({ ...Object.fromEntries(sources), ...Object.fromEntries(files) });
  const settings = { sourceMap: [], trusted: false, goroot: "/goroot" };
  const folders = [{ uri: "file:///src", name: "src" }];
  const locator = createSourceLocator({ fileSystem, logger: silentLogger, folders, settings });
  const wrong: string[] = [];
  for (const frame of standard) {
    const answer = await locator.locate(frame, { goVersion: null }, neverCancelled);
    const expected = `file:///goroot/src/${frame.file.replace("/usr/local/go/src/", "")}`;
    if (answer.kind !== "found" || answer.uri !== expected) wrong.push(`${frame.file}: ${JSON.stringify(answer)}`);
  }
  process.stdout.write(
    `source locator, standard library: ${standard.length - wrong.length} right of ${standard.length}\n`,
  );
  expect(standard.length).toBeGreaterThan(1_000);
  expect(wrong).toEqual([]);
});

interface Score {
  right: number;
  readonly wrong: string[];
  readonly notFound: string[];
}

async function resolveAll(
  workspaceOf: (dump: ManifestFile) => Workspace,
  isMeant: (position: Position) => boolean = () => true,
): Promise<Score> {
  const score: Score = { right: 0, wrong: [], notFound: [] };
  const opened = new Map<string, Workspace & { readonly locator: SourceLocator }>();
  for (const { dump, frame, frames, source, line } of positions.filter(isMeant)) {
    const key = JSON.stringify([dump.sourceRoot, dump.extraRoots]);
    const workspace = opened.get(key) ?? open(workspaceOf(dump));
    opened.set(key, workspace);
    const context = { goVersion: dump.goVersion, frames, dumpUri: dump.file };
    const answer = await workspace.locator.locate(frame, context, neverCancelled);
    const what = `${dump.file}: ${frame.function} ${frame.file}:${frame.line}: ${JSON.stringify(answer)}`;
    const expected = URI.file(workspace.pathOf(source)).toString();
    if (answer.kind !== "found") score.notFound.push(what);
    else if (answer.uri !== expected || answer.line !== line - 1 || answer.proof === "drifted") score.wrong.push(what);
    else score.right++;
  }
  return score;
}

function open(workspace: Workspace): Workspace & { readonly locator: SourceLocator } {
  const { fileSystem } = workspace;
  const folders = workspace.folders.map((path) => ({ uri: URI.file(path).toString(), name: path }));
  const settings = { sourceMap: [], trusted: false };
  return { ...workspace, locator: createSourceLocator({ fileSystem, logger: silentLogger, folders, settings }) };
}

/** The sources where they lie in the repository. */
function onDisk(roots: readonly string[]): Workspace {
  return { fileSystem: nodeFileSystem, folders: roots.map(inCorpus), pathOf: inCorpus };
}

function inCorpus(source: string): string {
  return join(CORPUS, source);
}

/** Each module in a folder whose name tells nothing. */
function renamed(dump: ManifestFile): Workspace {
  const roots = [dump.sourceRoot, ...Object.values(dump.extraRoots ?? {})];
  const pathOf = (source: string): string => {
    const index = roots.findIndex((root) => source.startsWith(`${root}/`));
    return index < 0 ? `/elsewhere/${source}` : `/w${index}${source.slice(roots[index]!.length)}`;
  };
  const files = [...sources].map(([source, text]) => [pathOf(source), text] as const);
  return {
    fileSystem: new MemoryFileSystem(Object.fromEntries(files)),
    folders: roots.map((_, i) => `/w${i}`),
    pathOf,
  };
}

function report(what: string, { right, wrong, notFound }: Score): void {
  process.stdout.write(
    `source locator, ${what}: ${right} right, ${wrong.length} wrong, ${notFound.length} not found\n`,
  );
}

function splitPosition(at: string): readonly [string, number] {
  const colon = at.lastIndexOf(":");
  return [at.slice(0, colon), Number(at.slice(colon + 1))];
}

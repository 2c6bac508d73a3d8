import { append } from "../../core/lists.ts";
import { DumpFrames } from "../locator/dumpFrames.ts";
import { commonSuffixLength, startsWithSegments } from "../locator/framePath.ts";
import { frameTarget, isStandardFunction, type FrameTarget } from "../locator/frameTarget.ts";
import type { SourceFrame } from "../locator/located.ts";
import { importPathBelow, versionedPath } from "../locator/modulePath.ts";
import { standardPath } from "../locator/standardPath.ts";

/** A module that a repository holds. */
export interface RepositoryModule {
  /** As its `go.mod` has it today; other major versions of it are the same module at other times. `std`: Go itself. */
  readonly path: string;
  /** Segments of its folder below the top of the repository. */
  readonly folder: readonly string[];
  /** See `SourceModule.isReplacement`. */
  readonly isReplacement?: boolean;
}

/** A folder of the machine that built the program, and the one of the repository it stood for. */
interface FolderPair {
  readonly built: readonly string[];
  readonly own: readonly string[];
  votes: number;
}

/**
 * The frames of a dump that are of a repository, by the path of their file in it when the program was built. That path is
 * what the dump says, not where the file is today: through the module's path, or else as other files of the dump lie.
 *
 * `found`: file as the dump writes it to the segments of its path in the repository, for files found as they are today.
 */
export function repositoryPaths(
  frames: readonly SourceFrame[],
  modules: readonly RepositoryModule[],
  found: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly SourceFrame[]> {
  const dump = new DumpFrames(frames);
  const longestFirst = [...modules].sort((a, b) => b.path.length - a.path.length);
  const byFile = framesByFile(frames);
  const byModule = new Map<string, readonly string[]>();
  for (const target of targetsOf(byFile)) {
    const path = pathByModule(target, dump, longestFirst);
    if (path) byModule.set(target.frame.file, path);
  }
  const pairs = folderPairs(new Map([...found, ...byModule]));
  const paths = new Map<string, SourceFrame[]>();
  for (const target of targetsOf(byFile)) {
    const { file } = target.frame;
    const path = (byModule.get(file) ?? pathByPairs(target, pairs, found))?.join("/");
    if (path === undefined) continue;
    const inFile = paths.get(path);
    if (inFile) append(inFile, byFile.get(file)!);
    else paths.set(path, [...byFile.get(file)!]);
  }
  return paths;
}

/** The frames that name a function of a Go file. */
function framesByFile(frames: readonly SourceFrame[]): ReadonlyMap<string, readonly SourceFrame[]> {
  const byFile = new Map<string, SourceFrame[]>();
  for (const frame of frames) {
    if (frame.function === "" || !frame.file.endsWith(".go")) continue;
    const inFile = byFile.get(frame.file);
    if (inFile) inFile.push(frame);
    else byFile.set(frame.file, [frame]);
  }
  return byFile;
}

/** A frame of each file, taken apart: a file's path is told by any of them. */
function* targetsOf(byFile: ReadonlyMap<string, readonly SourceFrame[]>): Generator<FrameTarget> {
  for (const [first] of byFile.values()) {
    const target = frameTarget(first!);
    if (typeof target !== "string") yield target;
  }
}

function pathByModule(
  target: FrameTarget,
  dump: DumpFrames,
  modules: readonly RepositoryModule[],
): readonly string[] | undefined {
  const versioned = versionedPath(target.path.segments);
  if (isStandardFunction(target)) {
    const standard = modules.find(({ path }) => path === "std");
    const below = standard && standardPath(target);
    if (below) return [...standard.folder, ...below];
    if (!versioned) return undefined;
  }
  const isImportPath = target.path.kind === "relative";
  const folder = isImportPath ? target.folder.join("/") : dump.importPathOf(target.folder);
  for (const module of modules) {
    const below = versioned
      ? isSameModule(versioned.module, module.path) && versioned.rest
      : folder !== undefined && withBase(belowModule(folder, module.path), target.base);
    if (below) return [...module.folder, ...below];
  }
  return undefined;
}

function withBase(below: readonly string[] | undefined, base: string): readonly string[] | undefined {
  return below && [...below, base];
}

const MAJOR = /\/v\d+$/;

/** Whether two paths are of one module, maybe in different major versions. */
export function isSameModule(one: string, other: string): boolean {
  return one.replace(MAJOR, "") === other.replace(MAJOR, "");
}

function belowModule(importPath: string, module: string): readonly string[] | undefined {
  const exact = importPathBelow(importPath, module);
  if (exact) return exact;
  const below = importPathBelow(importPath, module.replace(MAJOR, ""));
  return /^v\d+$/.test(below?.[0] ?? "") ? below?.slice(1) : below;
}

/** A file that has moved since would lead others astray: what most files say comes first, then what says most. */
function folderPairs(found: ReadonlyMap<string, readonly string[]>): readonly FolderPair[] {
  const pairs = new Map<string, FolderPair>();
  for (const [file, own] of found) {
    const target = frameTarget({ function: "", file, line: 1 });
    if (typeof target === "string") continue;
    const built = target.path.segments;
    const common = commonSuffixLength(built, own);
    const pair = { built: built.slice(0, built.length - common), own: own.slice(0, own.length - common), votes: 1 };
    const key = `${pair.built.join("/")}\n${pair.own.join("/")}`;
    const known = pairs.get(key);
    if (known) known.votes++;
    else pairs.set(key, pair);
  }
  return [...pairs.values()].sort((a, b) => b.votes - a.votes || a.built.length - b.built.length);
}

function pathByPairs(
  target: FrameTarget,
  pairs: readonly FolderPair[],
  found: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const isOwn = found.has(target.frame.file);
  if (!isOwn && (isStandardFunction(target) || versionedPath(target.path.segments))) return undefined;
  const pair = pairs.find(
    ({ built }) => (isOwn || built.length > 0) && startsWithSegments(target.path.segments, built),
  );
  return pair && [...pair.own, ...target.path.segments.slice(pair.built.length)];
}

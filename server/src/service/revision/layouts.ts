import { decodeUtf8 } from "../../core/text/utf8.ts";
import { parseGoMod } from "../golang/goMod.ts";
import { DumpFrames } from "../locator/dumpFrames.ts";
import { commonSuffixLength } from "../locator/framePath.ts";
import { frameTarget, type FrameTarget, packageOf } from "../locator/frameTarget.ts";
import type { SourceFrame } from "../locator/located.ts";
import type { History, Revision } from "./history.ts";
import { type RepositoryModule, repositoryPaths } from "./repositoryPaths.ts";

/** Layouts that are told; a repository is seldom arranged anew. */
const MAX_LAYOUTS = 8;
/** Modules of one revision whose `go.mod` is read. */
const MAX_MODULES = 200;

/** Where the files of a dump lie in a repository at some time of its history. */
export interface Layout {
  /** The dump's frames by the path of their file. */
  readonly files: ReadonlyMap<string, readonly SourceFrame[]>;
  /** Paths that rest on the file's name alone, see `RevisionRequest.guessed`. */
  readonly guessed: ReadonlySet<string>;
}

/**
 * Where the files of a dump lay at some revisions, as far as that is not where they would lie today: files, folders and
 * modules get other places and names, and what is gone today was there once.
 *
 * `frames`: those that may be of the repository. `isOver`: whether the time for it has passed.
 */
export async function olderLayouts(
  history: History,
  frames: readonly SourceFrame[],
  today: Layout["files"],
  revisions: readonly Revision[],
  isOver: () => boolean,
): Promise<readonly Layout[]> {
  const layouts: Layout[] = [{ files: today, guessed: new Set() }];
  for (const { commit } of revisions) {
    if (isOver() || layouts.length > MAX_LAYOUTS) break;
    // To list a revision takes much longer than to ask for some files.
    if (await isLaidOutSo(history, commit, layouts, frames)) continue;
    const listed = await history.files(commit);
    const layout = listed && (await layoutAt(history, listed, frames));
    if (layout && !layouts.some(({ files }) => isWithin(layout.files, files))) layouts.push(layout);
  }
  const older = layouts.slice(1);
  return older.filter(({ files }) => !older.some((other) => other.files !== files && isWithin(files, other.files)));
}

/** Whether a revision has all files of the dump where one of some layouts has them. */
async function isLaidOutSo(
  history: History,
  commit: string,
  layouts: readonly Layout[],
  frames: readonly SourceFrame[],
): Promise<boolean> {
  for (const { files } of layouts) {
    const placed = new Set([...files.values()].flat());
    if (!frames.every((frame) => placed.has(frame))) continue;
    const blobs = await history.blobs([...files.keys()].map((path) => ({ commit, path })));
    if (blobs.every((blob) => blob !== undefined)) return true;
  }
  return false;
}

function isWithin(one: Layout["files"], other: Layout["files"]): boolean {
  return [...one].every(([path, frames]) => frames.every((frame) => other.get(path)?.includes(frame)));
}

/** `listed`: all files of a revision, see {@link History.files}. */
async function layoutAt(
  history: History,
  listed: ReadonlyMap<string, string>,
  frames: readonly SourceFrame[],
): Promise<Layout> {
  const modules = await modulesAt(history, listed);
  const byName = pathsByName([...listed.keys()]);
  const dump = new DumpFrames(frames);
  const found = new Map<string, readonly string[]>();
  for (const frame of new Map(frames.map((each) => [each.file, each])).values()) {
    const path = pathAt(frame, byName, dump, modules.length > 0);
    if (path) found.set(frame.file, path);
  }
  const files = repositoryPaths(frames, modules, found);
  const guessed = new Set([...found.values()].map((path) => path.join("/")));
  return { files, guessed: new Set([...files.keys()].filter((path) => guessed.has(path))) };
}

async function modulesAt(history: History, listed: ReadonlyMap<string, string>): Promise<readonly RepositoryModule[]> {
  const modules: RepositoryModule[] = [];
  const files = [...listed].filter(([path]) => /(?:^|\/)go\.mod$/.test(path) && !/(?:^|\/)vendor\//.test(path));
  for (const [path, blob] of files.slice(0, MAX_MODULES)) {
    const bytes = await history.read(blob);
    const module = bytes ? parseGoMod(decodeUtf8(bytes)).module : "";
    if (module !== "") modules.push({ path: module, folder: path.split("/").slice(0, -1) });
  }
  return modules;
}

function pathsByName(paths: readonly string[]): ReadonlyMap<string, readonly (readonly string[])[]> {
  const byName = new Map<string, (readonly string[])[]>();
  for (const path of paths) {
    if (!path.endsWith(".go")) continue;
    const segments = path.split("/");
    const name = segments.at(-1)!;
    const alike = byName.get(name);
    if (alike) alike.push(segments);
    else byName.set(name, [segments]);
  }
  return byName;
}

/**
 * The file of a revision that a frame's path ends like. A file of a command may lie anywhere, for `main` is no import path;
 * one whose import path is known lies where its module says, and where there are no modules in a folder of that name.
 */
function pathAt(
  frame: SourceFrame,
  byName: ReadonlyMap<string, readonly (readonly string[])[]>,
  dump: DumpFrames,
  hasModules: boolean,
): readonly string[] | undefined {
  const target = frameTarget(frame);
  if (typeof target === "string" || target.path.kind !== "absolute") return undefined;
  const isCommand = packageOf(target) === undefined;
  if (hasModules && (!isCommand || dump.importPathOf(target.folder) !== undefined)) return undefined;
  const best = bestAlike(target, byName.get(target.base) ?? []);
  return best && (isCommand || commonSuffixLength(target.path.segments, best) >= 2) ? best : undefined;
}

/** Those come first that are the end of the frame's path as a whole, then those with the longest end in common. */
function bestAlike({ path }: FrameTarget, alike: readonly (readonly string[])[]): readonly string[] | undefined {
  const ranked = alike.map((segments) => {
    const common = commonSuffixLength(path.segments, segments);
    return { segments, rank: (common === segments.length ? 1_000 : 0) + common };
  });
  const highest = ranked.reduce((most, { rank }) => Math.max(most, rank), 0);
  const best = ranked.filter(({ rank }) => rank === highest);
  return best.length === 1 ? best[0]!.segments : undefined;
}

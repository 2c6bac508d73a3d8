import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { URI } from "vscode-uri";
import type { Attempt, Candidate, SearchRequest } from "./candidate.ts";
import { NOT_APPLICABLE } from "./candidate.ts";
import { uriSegments, type FileTree } from "./fileTree.ts";
import { startsWithSegments } from "./framePath.ts";
import { isStandardFunction, packageOf, type FrameTarget } from "./frameTarget.ts";
import { importPathBelow } from "./modulePath.ts";
import { indexedUri, matchLength, type WorkspaceIndex } from "./workspaceIndex.ts";
import type { WorkspaceModules } from "./workspaceModules.ts";

/** Files of one name that are compared: a workspace may hold thousands of `main.go` or `doc.go`. */
const MAX_ALIKE = 5_000;
/** Equally good files whose text is read. */
const MAX_CANDIDATES = 20;

/**
 * Finds a file whose path in the dump is one below a workspace folder on this machine, or is the path from such a folder
 * on, as Bazel has it. Programs built in a container all lie in `/app`, so as long as the modules are not known, or say
 * otherwise, the file's text must bear it out.
 */
export async function searchInside(
  tree: FileTree,
  folders: readonly string[],
  modules: WorkspaceModules | undefined,
  { target }: SearchRequest,
): Promise<Attempt> {
  const { path } = target;
  if (path.kind === "network") return NOT_APPLICABLE;
  const isWhole = path.kind === "absolute";
  const candidates: Candidate[] = [];
  for (const folder of folders) {
    const own = isWhole ? ownSegments(folder) : [];
    if (!own || !startsWithSegments(path.segments, own, isWhole && path.windows)) continue;
    const found = await tree.find(folder, path.segments.slice(own.length));
    if (!found || candidates.some(({ uri }) => uri === found.uri)) continue;
    const isFirm = isWhole && modules !== undefined && found.sameCase && !contradicts(target, modules, found.uri);
    const isWeak = path.segments.length === own.length + 1 && !isWhole;
    candidates.push({ uri: found.uri, how: words(say`path inside the workspace`), isFirm, isWeak });
  }
  return { candidates, tried: words(say`No workspace folder has ${target.frame.file}.`) };
}

/** Finds the file of the workspace with the longest common end of the path. */
export function searchBySuffix(
  index: WorkspaceIndex,
  modules: WorkspaceModules,
  { target, frames }: SearchRequest,
): Attempt {
  if (isStandardFunction(target)) return NOT_APPLICABLE;
  const sought = target.path.segments;
  const impliedPath = target.path.kind === "relative" ? undefined : frames.importPathOf(target.folder);
  const alike = index.named(target.base).slice(0, MAX_ALIKE);
  const ranked = alike
    .filter((file) => !contradicts(target, modules, indexedUri(file)))
    .map((file) => ({ file, length: matchLength(file, sought) }))
    .sort((a, b) => b.length - a.length);
  const longest = ranked[0]?.length ?? 0;
  const best = ranked.filter(({ length }) => length === longest).map(({ file }) => file);
  const sameCase = best.filter((file) => file.segments.at(-1) === target.base);
  const chosen = sameCase.length > 0 ? sameCase : best;
  const end = sought.slice(-Math.max(1, longest)).join("/");
  const how = words(
    say`${chosen.length === 1 ? say`the only file` : say`a file`} of the workspace that ends in ${end}`,
  );
  const candidates = chosen.slice(0, MAX_CANDIDATES).map((file) => {
    const uri = indexedUri(file);
    const importPath = modules.importPathOf(uri);
    const isElsewhere = impliedPath !== undefined && importPath !== undefined && importPath !== impliedPath;
    return { uri, how, isFirm: false, isWeak: longest < 2 || isElsewhere };
  });
  const note = index.limitNote === undefined ? "" : ` ${index.limitNote}`;
  const tried =
    alike.length === 0
      ? words(say`The workspace has no file ${target.base}.`)
      : words(
          say`The workspace has ${alike.length} of the name ${target.base}, none of them of this package and with this function.`,
        );
  return { candidates, tried: tried + note };
}

/** Whether a file is of another package than the frame: files of one name in different modules are no match. */
function contradicts(target: FrameTarget, modules: WorkspaceModules, uri: string): boolean {
  const expected = packageOf(target);
  const module = modules.around(uri);
  if (expected === undefined || !module) return false;
  // A literal of an inlined function is named after its callers first: its package is that of a caller.
  if (target.name.isPart && target.name.names.length > 2) return false;
  // A `//line` file may be in another folder of the module.
  if (!target.base.endsWith(".go")) return importPathBelow(expected, module.path) === undefined;
  return modules.importPathOf(uri) !== expected;
}

/** The path of a folder on this machine; undefined for a share, whose path is not one of this machine. */
function ownSegments(folder: string): readonly string[] | undefined {
  const { scheme, authority } = URI.parse(folder);
  return scheme === "file" && authority !== "" ? undefined : uriSegments(folder);
}

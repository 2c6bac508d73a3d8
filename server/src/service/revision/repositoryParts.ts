import { frameTarget, isStandardFunction } from "../locator/frameTarget.ts";
import { isMinorRelease } from "../locator/goRelease.ts";
import type { SourceFrame, SourceVersion } from "../locator/located.ts";
import { standardPath, versionOf } from "../locator/standardPath.ts";
import { tagsOf } from "./hints.ts";
import type { RepositoryModule } from "./repositoryPaths.ts";

/** What the files of a part are of. */
interface PartKind {
  /** The version that the dump names for it; undefined: none, as for a program that was built where its source lies. */
  readonly version: SourceVersion | undefined;
  /** What that version is called in the repository: tags, or the beginning of a hash. */
  readonly names: readonly string[];
  /** Whether they are Go's own. */
  readonly isGo: boolean;
}

/**
 * Frames of a repository that were built from one revision of it: those of the program, or those of a version of a module.
 * A repository may hold several modules, each with releases of its own.
 */
export interface RepositoryPart extends PartKind {
  /** By path in the repository. */
  readonly frames: ReadonlyMap<string, readonly SourceFrame[]>;
}

/** Takes the frames of a repository apart, those of the program first. `goVersion`: `1.24.4`; undefined when nothing tells. */
export function repositoryParts(
  paths: ReadonlyMap<string, readonly SourceFrame[]>,
  modules: readonly RepositoryModule[],
  goVersion: string | undefined,
): readonly RepositoryPart[] {
  const parts = new Map<string, PartKind & { readonly frames: Map<string, readonly SourceFrame[]> }>();
  for (const [path, frames] of paths) {
    const kind = kindOf(frames[0]!, modules, goVersion);
    const key = `${kind.isGo} ${kind.version?.module}@${kind.version?.version}`;
    const part = parts.get(key) ?? { ...kind, frames: new Map() };
    part.frames.set(path, frames);
    parts.set(key, part);
  }
  return [...parts.values()].sort((a, b) => Number(a.version !== undefined) - Number(b.version !== undefined));
}

/** What is the program's own. */
export const PROGRAM: PartKind = { version: undefined, names: [], isGo: false };

/** Whether a part is the program's own. */
export function isProgram({ version, isGo }: PartKind): boolean {
  return version === undefined && !isGo;
}

function kindOf(frame: SourceFrame, modules: readonly RepositoryModule[], goVersion: string | undefined): PartKind {
  const target = frameTarget(frame);
  if (typeof target === "string") return PROGRAM;
  const version = versionOf(target, goVersion);
  if (isStandardFunction(target)) {
    const isGo = standardPath(target) !== undefined && modules.some(({ path }) => path === "std");
    if (!isGo) return PROGRAM;
    // `1.22` is the name of a folder: it does not say which of the releases it is.
    const isNamed = version !== undefined && !isMinorRelease(version.version);
    return isNamed ? { version, names: [`go${version.version}`], isGo } : { ...PROGRAM, isGo };
  }
  // With -trimpath, Go writes the version of a module that is replaced as well.
  const isRelative = target.path.kind === "relative";
  const named = modules.filter(({ isReplacement }) => !(isRelative && isReplacement === true));
  const names = version ? tagsOf(version, named) : [];
  return names.length === 0 ? PROGRAM : { version, names, isGo: false };
}

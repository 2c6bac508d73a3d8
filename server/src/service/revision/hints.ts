import { frameTarget } from "../locator/frameTarget.ts";
import type { SourceFrame } from "../locator/located.ts";
import { versionedPath } from "../locator/modulePath.ts";
import { isSameModule, type RepositoryModule } from "./repositoryPaths.ts";

/** Versions taken from a text: a log may name thousands, of everything. */
const MAX_MENTIONED = 100;

/** What a dump itself says of the revision that its program was built from. */
export interface VersionHints {
  /** Names of tags, or beginnings of hashes, that it gives as the program's own. */
  readonly own: readonly string[];
  /** Versions that its text mentions, of whatever they are. */
  readonly mentioned: ReadonlySet<string>;
}

/**
 * The hints of a dump: `module@version` in the paths of its frames, and in the text around its goroutines what Go's build
 * information (`runtime/debug.BuildInfo`) prints: `vcs.revision=HASH`, and `mod PATH VERSION` with tabs between.
 */
export function versionHints(
  frames: readonly SourceFrame[],
  modules: readonly RepositoryModule[],
  text: string,
): VersionHints {
  const own = new Set<string>();
  for (const [, hash] of text.matchAll(/\bvcs\.revision=([0-9a-f]{7,64})\b/g)) own.add(hash!);
  for (const [, module, version] of text.matchAll(/(?:^|[\s"])([\w.~/-]{1,200})[@\t](v\d[\w.+-]{0,99})/g)) {
    for (const name of tagsOf(module!, version!, modules)) own.add(name);
  }
  for (const frame of frames) {
    const target = frameTarget(frame);
    const versioned = typeof target === "string" ? undefined : versionedPath(target.path.segments);
    if (!versioned) continue;
    for (const name of tagsOf(versioned.module, versioned.version, modules)) own.add(name);
  }
  const mentioned = new Set<string>();
  for (const [version] of text.matchAll(/\bv?\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[\w.]{1,50})?/g)) {
    if (mentioned.size < MAX_MENTIONED) mentioned.add(version);
  }
  return { own: [...own], mentioned };
}

/** What a version of a module is called in its repository: a module below the top has its folder before its tags. */
function tagsOf(module: string, version: string, modules: readonly RepositoryModule[]): readonly string[] {
  const plain = version.replace(/\+incompatible$/, "");
  const hash = /-\d{14}-([0-9a-f]{12})$/.exec(plain)?.[1];
  return modules
    .filter(({ path }) => isSameModule(path, module))
    .map(({ folder }) => hash ?? [...folder, plain].join("/"));
}

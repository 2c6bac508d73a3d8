import type { SourceVersion } from "../locator/located.ts";
import { isSameModule, type RepositoryModule } from "./repositoryPaths.ts";

/** Versions taken from a text: a log may name thousands, of everything. */
const MAX_MENTIONED = 100;

/** What the text of a dump says of the revision that its program was built from. */
export interface VersionHints {
  /** Names of tags, or beginnings of hashes, that it gives as the program's own. */
  readonly own: readonly string[];
  /** Versions that its text mentions, of whatever they are. */
  readonly mentioned: ReadonlySet<string>;
}

/**
 * The hints in the text around the goroutines, as Go's build information (`runtime/debug.BuildInfo`) prints them:
 * `vcs.revision=HASH`, and `mod PATH VERSION` with tabs between.
 */
export function versionHints(modules: readonly RepositoryModule[], text: string): VersionHints {
  const own = new Set<string>();
  for (const [, hash] of text.matchAll(/\bvcs\.revision=([0-9a-f]{7,64})\b/g)) own.add(hash!);
  for (const [, module, version] of text.matchAll(/(?:^|[\s"])([\w.~/-]{1,200})[@\t](v\d[\w.+-]{0,99})/g)) {
    for (const name of tagsOf({ module: module!, version: version! }, modules)) own.add(name);
  }
  const mentioned = new Set<string>();
  for (const [version] of text.matchAll(/\bv?\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[\w.]{1,50})?/g)) {
    if (mentioned.size < MAX_MENTIONED) mentioned.add(version);
  }
  return { own: [...own], mentioned };
}

/**
 * What a version of a module is called in its repository: a module below the top has its folder before its tags, without the
 * `v3` of a major version that lies in a folder of its own (`client/v3.5.9` for `client/v3`).
 */
export function tagsOf({ module, version }: SourceVersion, modules: readonly RepositoryModule[]): readonly string[] {
  const plain = version.replace(/\+incompatible$/, "");
  const hash = /-\d{14}-([0-9a-f]{12})$/.exec(plain)?.[1];
  return modules
    .filter(({ path }) => isSameModule(path, module))
    .map(
      ({ path, folder }) => hash ?? [...folder.slice(0, isMajorFolder(path, folder) ? -1 : undefined), plain].join("/"),
    );
}

function isMajorFolder(path: string, folder: readonly string[]): boolean {
  const last = folder.at(-1) ?? "";
  return /^v\d+$/.test(last) && path.endsWith(`/${last}`);
}

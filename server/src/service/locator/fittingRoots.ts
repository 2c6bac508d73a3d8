import type { SearchRequest } from "./candidate.ts";
import type { DumpFrames } from "./dumpFrames.ts";
import { joinUri, type FileTree } from "./fileTree.ts";
import { frameTarget, isStandardFunction, type FrameTarget } from "./frameTarget.ts";
import type { GoInstall, GoRoot } from "./goInstall.ts";
import { isOlderRelease } from "./goRelease.ts";
import type { SourceFiles } from "./sourceFiles.ts";
import { standardPath } from "./standardPath.ts";

/** Go distributions that are compared with a dump, and frames of Go's own code in it: a release shows in a few of them. */
const MAX_ROOTS = 8;
const MAX_FRAMES = 30;

/** The Go distributions at hand in the order in which they are looked into for the frames of a dump. */
export class FittingRoots {
  readonly #tree: FileTree;
  readonly #install: GoInstall;
  readonly #files: SourceFiles;
  readonly #ordered = new WeakMap<DumpFrames, Promise<readonly GoRoot[]>>();

  constructor(tree: FileTree, install: GoInstall, files: SourceFiles) {
    this.#tree = tree;
    this.#install = install;
    this.#files = files;
  }

  /** Those of the wanted version first, or where that is not known, those that the dump's frames of Go's own code fit best. */
  async of(wanted: string | undefined, request: SearchRequest): Promise<readonly GoRoot[]> {
    const roots = await this.#install.roots(wanted);
    if (wanted !== undefined || roots.length < 2) return roots;
    const { frames } = request;
    let ordered = this.#ordered.get(frames);
    if (!ordered) this.#ordered.set(frames, (ordered = this.#byFit(roots.slice(0, MAX_ROOTS), request)));
    return ordered;
  }

  async #byFit(roots: readonly GoRoot[], { frames, leastGo }: SearchRequest): Promise<readonly GoRoot[]> {
    const targets = standardTargets(frames);
    const scored: { readonly root: GoRoot; readonly score: number }[] = [];
    for (const root of roots) {
      const isTooOld = leastGo !== undefined && root.version !== undefined && isOlderRelease(root.version, leastGo);
      scored.push({ root, score: isTooOld ? -1 : await this.#score(root, targets) });
    }
    return scored.sort((a, b) => b.score - a.score).map(({ root }) => root);
  }

  /** How many of the frames fit, those whose line does what the dump says twice. */
  async #score({ uri }: GoRoot, targets: readonly FrameTarget[]): Promise<number> {
    let score = 0;
    for (const target of targets) {
      const found = await this.#tree.find(joinUri(uri, ["src"]), standardPath(target) ?? []);
      if (found) score += await this.#files.weight(found.uri, target.frame);
    }
    return score;
  }
}

function standardTargets(frames: DumpFrames): readonly FrameTarget[] {
  const targets: FrameTarget[] = [];
  for (const frame of frames.all) {
    const target = frameTarget(frame);
    if (typeof target === "string" || !target.base.endsWith(".go") || !isStandardFunction(target)) continue;
    if (targets.push(target) >= MAX_FRAMES) break;
  }
  return targets;
}

import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Attempt, Candidate, SearchRequest } from "./candidate.ts";
import { NOT_APPLICABLE } from "./candidate.ts";
import { isBelow, joinUri, uriSegments, type FileTree } from "./fileTree.ts";
import { commonSuffixLength, startsWithSegments } from "./framePath.ts";
import type { FilePath } from "./frameTarget.ts";

/** Pairs kept for one dump: a program is built from a handful of folders. */
const MAX_PAIRS = 64;

interface RootPair {
  readonly build: readonly string[];
  readonly folder: string;
  readonly isChosen: boolean;
}

/** Folders of the build machine and what they are here, learnt from frames whose function encloses the line. */
export class LearntRoots {
  readonly #pairs: RootPair[] = [];

  /** Learns from a file that was found; false when it tells nothing new. `root`: the module or workspace folder around it. */
  learn(path: FilePath, uri: string, root: string, isChosen = false): boolean {
    if (path.kind === "relative" || !isBelow(uri, root)) return false;
    const own = uriSegments(uri);
    const below = own.length - uriSegments(root).length;
    const common = Math.min(commonSuffixLength(path.segments, own), below);
    const build = path.segments.slice(0, path.segments.length - common);
    const folder = joinUri(root, own.slice(own.length - below, own.length - common));
    const isKnown = this.#pairs.some((pair) => pair.folder === folder && pair.build.join("/") === build.join("/"));
    if (common === 0 || isKnown || this.#pairs.length >= MAX_PAIRS) return false;
    this.#pairs.push({ build, folder, isChosen });
    this.#pairs.sort((a, b) => Number(b.isChosen) - Number(a.isChosen) || b.build.length - a.build.length);
    return true;
  }

  /** Finds a file below a folder that was learnt; what the user chose comes first. */
  async search(tree: FileTree, { target: { path, frame } }: SearchRequest): Promise<Attempt> {
    if (path.kind === "relative") return NOT_APPLICABLE;
    for (const { build, folder, isChosen } of this.#pairs) {
      if (!startsWithSegments(path.segments, build)) continue;
      const found = await tree.find(folder, path.segments.slice(build.length));
      const how = isChosen
        ? words(say`a folder you chose`)
        : words(say`other frames of /${build.join("/")} are in this folder`);
      const candidates: readonly Candidate[] = found ? [{ uri: found.uri, how, isFirm: isChosen }] : [];
      if (found) return { candidates, tried: undefined };
    }
    return {
      candidates: [],
      tried: this.#pairs.length > 0 ? words(say`No folder known from other frames has ${frame.file}.`) : undefined,
    };
  }
}

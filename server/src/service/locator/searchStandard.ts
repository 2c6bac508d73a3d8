import type { OtherVersion } from "../base/otherVersion.ts";
import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Attempt, Candidate, SearchRequest } from "./candidate.ts";
import { NOT_APPLICABLE } from "./candidate.ts";
import { joinUri, type FileTree } from "./fileTree.ts";
import { isStandardFunction } from "./frameTarget.ts";
import type { FittingRoots } from "./fittingRoots.ts";
import { goVersionIn, isOlderRelease, isOtherRelease } from "./goRelease.ts";
import { standardPath } from "./standardPath.ts";
import type { WorkspaceModules } from "./workspaceModules.ts";

/** What the search for Go's own sources looks into. */
export interface StandardSearchContext {
  readonly tree: FileTree;
  readonly roots: FittingRoots;
  readonly modules: WorkspaceModules;
}

/**
 * Finds a file of the standard library in the Go distributions at hand. The path decides, not the function: the runtime
 * implements functions of other packages (`sync.runtime_Semacquire` in `runtime/sema.go`).
 */
export async function searchStandard(context: StandardSearchContext, request: SearchRequest): Promise<Attempt> {
  const { target } = request;
  const rest = standardPath(target);
  if (!rest) return NOT_APPLICABLE;
  const wanted = goVersionIn(target.folder.join("/")) ?? request.goVersion;
  const sources = await sourceFolders(context, wanted, request);
  const candidates: Candidate[] = [];
  for (const { folder, how, otherVersion } of sources) {
    const found = await context.tree.find(folder, rest);
    const isFirm = isStandardFunction(target) && found?.sameCase === true;
    if (found) candidates.push({ uri: found.uri, how, isFirm, ...(otherVersion && { otherVersion }) });
    if (found) break;
  }
  if (sources.length === 0)
    return { candidates, tried: words(say`No GOROOT is known: Go's own sources are not at hand.`) };
  return { candidates, tried: words(say`${sources.map(({ how }) => how).join(", ")}: no ${rest.join("/")} there.`) };
}

interface StandardFolder {
  readonly folder: string;
  readonly how: string;
  readonly otherVersion?: OtherVersion | undefined;
}

/** The folders that hold `runtime`, `net` and so on; a workspace that is Go itself comes first. */
async function sourceFolders(
  { roots, modules }: StandardSearchContext,
  wanted: string | undefined,
  request: SearchRequest,
): Promise<readonly StandardFolder[]> {
  const own = modules.holding("std");
  const distributions = await roots.of(wanted, request);
  return [
    ...own.map(({ folder }) => ({ folder, how: words(say`go.mod module std`) })),
    ...distributions.map(({ uri, version }) => {
      const otherVersion = otherRelease(version, wanted, request.leastGo);
      return { folder: joinUri(uri, ["src"]), how: rootName(version, otherVersion), otherVersion };
    }),
  ];
}

/** `least`: see {@link SearchRequest}. */
function otherRelease(
  version: string | undefined,
  wanted: string | undefined,
  least: string | undefined,
): OtherVersion | undefined {
  if (wanted !== undefined) {
    const isSame = version !== undefined && !isOtherRelease(version, wanted);
    return isSame ? undefined : { module: "std", wanted, found: version ?? null };
  }
  const isTooOld = least !== undefined && version !== undefined && isOlderRelease(version, least);
  return isTooOld ? { module: "std", wanted: words(say`${least} or later`), found: version } : undefined;
}

function rootName(version: string | undefined, { wanted = null }: Partial<OtherVersion> = {}): string {
  if (version === undefined) return "GOROOT";
  return wanted === null ? words(say`GOROOT of Go ${version}`) : words(say`GOROOT of Go ${version}, not ${wanted}`);
}

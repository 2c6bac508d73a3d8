import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Attempt, Candidate, SearchRequest } from "./candidate.ts";
import { NOT_APPLICABLE } from "./candidate.ts";
import { joinUri, type FileTree } from "./fileTree.ts";
import { isStandardFunction, type FrameTarget } from "./frameTarget.ts";
import { goVersionIn, type GoInstall } from "./goInstall.ts";
import { isStandardPackage } from "../../core/names/standardLibrary.ts";
import type { WorkspaceModules } from "./workspaceModules.ts";

/** What the search for Go's own sources looks into. */
export interface StandardSearchContext {
  readonly tree: FileTree;
  readonly install: GoInstall;
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
  const sources = await sourceFolders(context, wanted);
  const candidates: Candidate[] = [];
  for (const { folder, how } of sources) {
    const found = await context.tree.find(folder, rest);
    if (found) candidates.push({ uri: found.uri, how, isFirm: isStandardFunction(target) && found.sameCase });
    if (found) break;
  }
  if (sources.length === 0)
    return { candidates, tried: words(say`No GOROOT is known: Go's own sources are not at hand.`) };
  return { candidates, tried: words(say`${sources.map(({ how }) => how).join(", ")}: no ${rest.join("/")} there.`) };
}

/** The folders that hold `runtime`, `net` and so on; a workspace that is Go itself comes first. */
async function sourceFolders(
  { install, modules }: StandardSearchContext,
  wanted: string | undefined,
): Promise<readonly { readonly folder: string; readonly how: string }[]> {
  const own = modules.holding("std");
  const roots = await install.roots(wanted);
  return [
    ...own.map(({ folder }) => ({ folder, how: words(say`go.mod module std`) })),
    ...roots.map(({ uri, version }) => ({ folder: joinUri(uri, ["src"]), how: rootName(version, wanted) })),
  ];
}

function rootName(version: string | undefined, wanted: string | undefined): string {
  if (version === undefined) return "GOROOT";
  return wanted === undefined || wanted === version
    ? words(say`GOROOT of Go ${version}`)
    : words(say`GOROOT of Go ${version}, not ${wanted}`);
}

/**
 * The path below `$GOROOT/src`: behind the last `src` that a standard package follows (`/usr/lib/go-1.19/src/net/…`,
 * `external/go_sdk/src/…`, up to Go 1.3 `src/pkg/…`), or the whole of a `-trimpath` one (`net/http/server.go`).
 */
function standardPath({ path, folder }: FrameTarget): readonly string[] | undefined {
  const { segments } = path;
  for (let at = folder.length - 1; at >= 0; at--) {
    const start = segments[at + 1] === "pkg" ? at + 2 : at + 1;
    if (segments[at] === "src" && start < folder.length && isStandardPackage(segments[start]!)) {
      return segments.slice(start);
    }
  }
  if (path.kind !== "relative") return undefined;
  const below = segments[0] === "std" ? segments.slice(1) : segments;
  return below.length > 1 && isStandardPackage(below[0]!) ? below : undefined;
}

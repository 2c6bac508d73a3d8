import { isStandardPackage } from "../../core/names/standardLibrary.ts";
import { isStandardFunction, type FrameTarget } from "./frameTarget.ts";
import { goVersionIn } from "./goRelease.ts";
import type { SourceVersion } from "./located.ts";
import { versionedPath } from "./modulePath.ts";

/**
 * The path below `$GOROOT/src`: behind the last `src` that a standard package follows (`/usr/lib/go-1.19/src/net/…`,
 * `external/go_sdk/src/…`, up to Go 1.3 `src/pkg/…`), or the whole of a `-trimpath` one (`net/http/server.go`).
 */
export function standardPath({ path, folder }: FrameTarget): readonly string[] | undefined {
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

/** The version that a frame's file is of, as its path or its dump names it. `goVersion`: `1.24.4`, the dump's. */
export function versionOf(target: FrameTarget, goVersion: string | undefined): SourceVersion | undefined {
  if (isStandardFunction(target)) {
    const version = standardPath(target) && (goVersionIn(target.folder.join("/")) ?? goVersion);
    return version === undefined ? undefined : { module: "std", version };
  }
  const { module, version } = versionedPath(target.path.segments) ?? {};
  return module === undefined || version === undefined ? undefined : { module, version };
}

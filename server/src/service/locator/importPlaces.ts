import { isStandardFunction, packageOf, type FrameTarget } from "./frameTarget.ts";
import type { DumpFrames } from "./dumpFrames.ts";
import { versionedPath } from "./modulePath.ts";

/** An import path that the folder of a frame's file may have. */
export interface ImportPlace {
  readonly importPath: string;
  /** The module and its version when the path names them. */
  readonly exact: { readonly module: string; readonly version: string; readonly rest: readonly string[] } | undefined;
  /** Whether the file's own path says so; a function's package may be that of the function it was inlined into. */
  readonly isCertain: boolean;
}

/** The import paths of a frame's file, the surest first, without doubles. */
export function importPlaces(target: FrameTarget, frames: DumpFrames): readonly ImportPlace[] {
  // Go's own sources have a `vendor` folder: what lies in it is not the user's copy of the same package.
  const ofPath = isStandardFunction(target) ? [] : [...pathPlaces(target), ...impliedPlaces(target, frames)];
  const places = [...ofPath, ...packagePlaces(target)];
  const known = new Set<string>();
  return places.filter(({ importPath }) => importPath !== "" && !known.has(importPath) && known.add(importPath));
}

function pathPlaces({ path, folder, base }: FrameTarget): ImportPlace[] {
  const exact = versionedPath(path.segments);
  if (exact) {
    const importPath = [exact.module, ...exact.rest.slice(0, -1)].join("/");
    return [{ importPath, exact, isCertain: true }];
  }
  const vendor = folder.lastIndexOf("vendor");
  if (vendor >= 0) return [certain(folder.slice(vendor + 1))];
  if (path.kind === "relative") return base.endsWith(".go") ? [certain(folder)] : [];
  const src = folder.lastIndexOf("src");
  return src >= 0 && (folder[src + 1] ?? "").includes(".") ? [certain(folder.slice(src + 1))] : [];
}

function certain(folder: readonly string[]): ImportPlace {
  return { importPath: folder.join("/"), exact: undefined, isCertain: true };
}

function impliedPlaces({ path, folder }: FrameTarget, frames: DumpFrames): ImportPlace[] {
  const importPath = path.kind === "relative" ? undefined : frames.importPathOf(folder);
  return importPath === undefined ? [] : [{ importPath, exact: undefined, isCertain: true }];
}

function packagePlaces(target: FrameTarget): ImportPlace[] {
  const importPath = packageOf(target);
  return importPath === undefined ? [] : [{ importPath, exact: undefined, isCertain: false }];
}

/** A module at a version and a path below its root: `github.com/a/b@v1.2.3/c/d.go`. */
export interface VersionedPath {
  /** Path of the module, upper-case letters restored. */
  readonly module: string;
  readonly version: string;
  /** Segments below the module's root. */
  readonly rest: readonly string[];
}

/**
 * Finds the module in a path of the module cache (`…/pkg/mod/github.com/!acme/kit@v1.4.2/pool/pool.go`) or of a
 * `-trimpath` build (`github.com/Acme/kit@v1.4.2/pool/pool.go`); undefined when the path holds no version. In a cache
 * of another name (`GOMODCACHE`) the module begins at the first segment with a dot, as a module's host name has.
 */
export function versionedPath(segments: readonly string[]): VersionedPath | undefined {
  const at = lastIndexWhere(segments, (segment) => /.@v\d/.test(segment));
  if (at < 0) return undefined;
  const cache = indexAfter(segments, ["pkg", "mod"]);
  const host = segments.findIndex((segment) => segment.includes(".") && !segment.startsWith("."));
  const start = cache > 0 && cache <= at ? cache : Math.max(0, host);
  const [name = "", version = ""] = segments[at]!.split("@");
  const path = [...segments.slice(start, at), name].join("/");
  return { module: unescapeModule(path), version, rest: segments.slice(at + 1) };
}

/** A module's path or version as the module cache spells it: `github.com/!acme/kit` for `github.com/Acme/kit`. */
export function escapeModule(path: string): string {
  return path.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

/** The path or version a spelling of the module cache stands for. */
export function unescapeModule(path: string): string {
  return path.replaceAll(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The segments of an import path below another; undefined when it is not below it. */
export function importPathBelow(importPath: string, module: string): readonly string[] | undefined {
  if (importPath === module) return [];
  return importPath.startsWith(`${module}/`) ? importPath.slice(module.length + 1).split("/") : undefined;
}

/** The index behind the last place where the given segments stand next to each other; -1 when they do not. */
function indexAfter(segments: readonly string[], wanted: readonly string[]): number {
  for (let at = segments.length - wanted.length; at >= 0; at--) {
    if (wanted.every((segment, i) => segments[at + i] === segment)) return at + wanted.length;
  }
  return -1;
}

function lastIndexWhere(segments: readonly string[], test: (segment: string) => boolean): number {
  for (let at = segments.length - 1; at >= 0; at--) if (test(segments[at]!)) return at;
  return -1;
}

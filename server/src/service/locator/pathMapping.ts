import { URI } from "vscode-uri";
import type { Logger } from "../base/ports.ts";
import { parseFramePath, startsWithSegments, type FramePath } from "./framePath.ts";
import { canonicalUri, isUri, joinUri } from "./fileTree.ts";
import type { LocatorOptions, PathMapping } from "./locatorOptions.ts";

/** A mapping whose variables are resolved. */
interface ResolvedMapping {
  readonly from: FramePath & { readonly segments: readonly string[] };
  readonly folder: string;
  readonly mapping: PathMapping;
}

/** Where a mapping puts a frame's file. */
export interface MappedPath {
  readonly folder: string;
  /** Below the folder. */
  readonly segments: readonly string[];
  readonly mapping: PathMapping;
}

/** The user's mappings, in order; one that cannot be used is told to the log and left out. */
export class PathMappings {
  readonly #mappings: readonly ResolvedMapping[];

  constructor(options: LocatorOptions) {
    this.#mappings = options.settings.sourceMap.flatMap((mapping) => resolveMapping(mapping, options));
  }

  /** The places the mappings give for a path. */
  map(path: FramePath): readonly MappedPath[] {
    if (path.kind === "generated") return [];
    const ignoreCase = path.kind === "network" || (path.kind === "absolute" && path.windows);
    return this.#mappings
      .filter(({ from }) => from.kind === path.kind && startsWithSegments(path.segments, from.segments, ignoreCase))
      .map(({ from, folder, mapping }) => ({ folder, segments: path.segments.slice(from.segments.length), mapping }));
  }

  /** The folders mapped to. */
  get folders(): readonly string[] {
    return this.#mappings.map(({ folder }) => folder);
  }
}

/**
 * The address of a folder written as a path or as a URI; relative to `base`, on the file system of `base` when that is
 * remote. Undefined when it is relative and there is nothing it could be relative to.
 */
export function folderUri(path: string, base: string | undefined): string | undefined {
  if (/^[A-Za-z][\w+.-]+:\/\//.test(path)) return isUri(path) ? canonicalUri(path) : undefined;
  const slashed = path.replaceAll("\\", "/");
  if (/^[A-Za-z]:\//.test(slashed)) return canonicalUri(URI.from({ scheme: "file", path: `/${slashed}` }).toString());
  if (slashed.startsWith("//")) return undefined;
  if (!slashed.startsWith("/")) return base === undefined ? undefined : canonicalUri(joinUri(base, [slashed]));
  const host = base === undefined ? undefined : URI.parse(base);
  const isRemote = host !== undefined && host.scheme !== "file";
  return canonicalUri(
    (isRemote ? host.with({ path: slashed }) : URI.from({ scheme: "file", path: slashed })).toString(),
  );
}

function resolveMapping(mapping: PathMapping, options: LocatorOptions): ResolvedMapping[] {
  const from = parseFramePath(mapping.from);
  const to = expandVariables(mapping.to, options);
  const folder = to === undefined ? undefined : folderUri(to, options.folders[0]?.uri);
  if (mapping.from.trim() === "" || from.kind === "generated" || folder === undefined) {
    warn(options.logger, mapping);
    return [];
  }
  return [{ from, folder, mapping }];
}

function expandVariables(text: string, { folders, variable }: LocatorOptions): string | undefined {
  let isKnown = true;
  const expanded = text.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    const [head, folderName] = name.split(/:(.*)/s);
    const folder = folders.find((one) => folderName === undefined || one.name === folderName);
    const value = head === "workspaceFolder" ? folder?.uri : variable?.(name);
    isKnown &&= value !== undefined;
    return value ?? "";
  });
  return isKnown ? expanded : undefined;
}

function warn(logger: Logger, { from, to }: PathMapping): void {
  logger.warn(
    `goroutineDump.sourceMap: "${from}" to "${to}" is left out: a variable or a folder in it is not known here.`,
  );
}

import type { FileStat, FileSystem } from "../base/ports.ts";
import { isBelow, uriSegments } from "../locator/fileTree.ts";
import type { History } from "./history.ts";

type Folder = Map<string, Folder | string>;

/**
 * A file system in which a repository is as it was at one of its commits, and all else as it is. So whoever reads source
 * reads the commit's, under the addresses of today, and nothing is checked out.
 *
 * `files`: those of the commit, see {@link History.files}. `onRead` is told the path of each that is read.
 */
export function revisionFiles(
  under: FileSystem,
  history: History,
  files: ReadonlyMap<string, string>,
  onRead: (path: string) => void,
): FileSystem {
  const top = foldersOf(files);
  const depth = uriSegments(history.root).length;
  /** Undefined: outside of the repository. */
  const entryAt = (uri: string): { readonly entry: Folder | string | undefined } | undefined =>
    isBelow(uri, history.root) ? { entry: walk(top, uriSegments(uri).slice(depth)) } : undefined;
  return {
    stat: async (uri) => {
      const inside = entryAt(uri);
      return inside ? statOf(inside.entry) : under.stat(uri);
    },
    readFile: async (uri, maxBytes) => {
      const inside = entryAt(uri);
      if (!inside) return under.readFile(uri, maxBytes);
      onRead(uriSegments(uri).slice(depth).join("/"));
      const bytes = typeof inside.entry === "string" ? await history.read(inside.entry) : undefined;
      return bytes !== undefined && bytes.length <= maxBytes ? bytes : undefined;
    },
    readDirectory: async (uri) => {
      const inside = entryAt(uri);
      if (!inside) return under.readDirectory(uri);
      return inside.entry instanceof Map
        ? [...inside.entry].map(([name, entry]) => [name, kindOf(entry)] as const)
        : [];
    },
    realPath: async (uri) => {
      const inside = entryAt(uri);
      return inside ? inside.entry && uri : under.realPath(uri);
    },
  };
}

function foldersOf(files: ReadonlyMap<string, string>): Folder {
  const top: Folder = new Map();
  for (const [path, blob] of files) {
    const names = path.split("/");
    let folder = top;
    for (const name of names.slice(0, -1)) {
      const next = folder.get(name);
      const below: Folder = next instanceof Map ? next : new Map();
      if (next !== below) folder.set(name, below);
      folder = below;
    }
    folder.set(names.at(-1) ?? "", blob);
  }
  return top;
}

function walk(top: Folder, segments: readonly string[]): Folder | string | undefined {
  let entry: Folder | string | undefined = top;
  for (const segment of segments) entry = entry instanceof Map ? entry.get(segment) : undefined;
  return entry;
}

/** Size and time are nobody's business here: what is read has its own limit. */
function statOf(entry: Folder | string | undefined): FileStat | undefined {
  return entry === undefined ? undefined : { kind: kindOf(entry), size: 0, mtime: 0 };
}

function kindOf(entry: Folder | string): FileStat["kind"] {
  return typeof entry === "string" ? "file" : "directory";
}

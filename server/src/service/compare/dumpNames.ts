import { largest } from "../../core/lists.ts";
/**
 * What tells dumps apart for people, one for each address: the file's name where those differ, else as much of the path
 * as differs (`web-07/goroutine.txt`), without the folders and endings that all share where hosts have a folder each.
 */
export function dumpNames(uris: readonly string[]): readonly string[] {
  const paths = uris.map(elementsOf);
  const distinct = new Set(uris).size;
  const longest = largest(paths, (path) => path.length, 1);
  for (let length = 1; length <= longest; length++) {
    const names = paths.map((path) => path.slice(-length).join("/"));
    if (new Set(names).size === distinct) return length > 1 ? withoutSharedEnd(names) : names;
  }
  return paths.map((path) => path.join("/"));
}

/** `web-07` for `web-07/goroutine.txt` where every host's file has that name. */
function withoutSharedEnd(names: readonly string[]): readonly string[] {
  const end = names[0]?.slice(names[0].lastIndexOf("/")) ?? "";
  return names.every((name) => name.endsWith(end)) ? names.map((name) => name.slice(0, -end.length)) : names;
}

function elementsOf(uri: string): readonly string[] {
  return decode(uri.replace(/^[a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?/i, "").split(/[?#]/, 1)[0]!)
    .split("/")
    .filter((element) => element !== "");
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** One entry of the setting `goroutineDump.sourceMap`: paths of a dump that begin with `from` are below `to`. */
export interface SourceMapping {
  readonly from: string;
  readonly to: string;
}

/**
 * The mapping that leads from a path in a dump to the same file on this machine: both without their common end, so that
 * it serves the file's neighbours too. Undefined when not even the file names agree.
 *
 * `D:/coding/exchange/pkg/client.go` and `/home/ann/exchange/pkg/client.go` give `D:/coding` to `/home/ann`.
 */
export function deriveMapping(inDump: string, here: string): SourceMapping | undefined {
  const from = inDump.split(/[\\/]/);
  const to = here.split(/[\\/]/);
  let common = 0;
  // One part stays on either side: a mapping from or to nothing would mean every path.
  while (common < from.length - 1 && common < to.length - 1 && from.at(-1 - common) === to.at(-1 - common)) {
    common++;
  }
  if (common === 0) {
    return undefined;
  }
  return { from: rooted(from.slice(0, -common)), to: rooted(to.slice(0, -common)) };
}

/** Joins the parts again; a path that is only the root stays one. */
function rooted(parts: readonly string[]): string {
  return parts.length === 1 && parts[0] === "" ? "/" : parts.join("/");
}

/** A folder of the workspace: its name and its path without a slash at the end. */
export interface NamedFolder {
  readonly name: string;
  readonly path: string;
}

/** The path with the workspace folder it is in written as a variable, so that the setting serves other machines too. */
export function withFolderVariable(path: string, folders: readonly NamedFolder[]): string {
  const folder = folders.find((each) => path === each.path || path.startsWith(`${each.path}/`));
  if (folder === undefined) {
    return path;
  }
  const variable = folders.length === 1 ? "${workspaceFolder}" : `\${workspaceFolder:${folder.name}}`;
  return variable + path.slice(folder.path.length);
}

/** The setting's list with the mapping in front, where it wins; an entry for the same `from` gives way. */
export function withMapping(list: readonly SourceMapping[], mapping: SourceMapping): readonly SourceMapping[] {
  return [mapping, ...list.filter((each) => each.from !== mapping.from)];
}

import type { FileSystem } from "../../service/base/ports.ts";
import { joinUri, parentUri } from "../../service/locator/fileTree.ts";
import type { OpenHistory } from "../../service/revision/builtSource.ts";
import type { History } from "../../service/revision/history.ts";
import { gitHistory } from "./gitHistory.ts";

/** Folders above one that are looked into for its `.git`. */
const MAX_PARENTS = 40;

/**
 * Finds the git repository around a folder: the nearest folder with a `.git`, which is a file in a work tree or a submodule.
 * A repository that was found stays known, with the git process that reads it. Only for trusted workspaces.
 */
export function historyOpener(fileSystem: FileSystem): OpenHistory {
  const histories = new Map<string, History | undefined>();
  return async (folder) => {
    let top = folder;
    for (let up = 0; up < MAX_PARENTS && top.startsWith("file:///"); up++, top = parentUri(top)) {
      if ((await fileSystem.stat(joinUri(top, [".git"]))) === undefined) continue;
      if (!histories.has(top)) histories.set(top, gitHistory(top));
      return histories.get(top);
    }
    return undefined;
  };
}

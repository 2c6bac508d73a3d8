import { FileType, l10n, Uri, window, workspace } from "vscode";
import type { DumpRef } from "../../../../server/src/protocol/index.ts";
import { isDumpFileName, naturalOrder } from "../../model/dumpFileNames.ts";

/** Files taken out of folders, at most. */
const fileLimit = 1000;
/** Folders looked into below a chosen one: a host's folder of a fleet, and one more. */
const depthLimit = 2;

/**
 * The dumps a user chose in the explorer: the files themselves, and of folders the files whose names say they are dumps. With
 * nothing chosen it asks. Names in natural order, until times tell another; undefined when the user gives up.
 */
export async function chooseDumps(clicked: Uri | undefined, selected: readonly Uri[]): Promise<DumpRef[] | undefined> {
  const chosen = selected.length > 0 ? selected : clicked === undefined ? await ask() : [clicked];
  const files: Uri[] = [];
  for (const uri of chosen ?? []) {
    await collect(uri, 0, files);
  }
  const sorted = files.map((uri) => uri.toString()).sort(naturalOrder);
  return chosen === undefined ? undefined : sorted.map((uri) => ({ uri, index: null }));
}

function ask(): Thenable<Uri[] | undefined> {
  return window.showOpenDialog({
    title: l10n.t("Compare Goroutine Dumps"),
    openLabel: l10n.t("Compare"),
    canSelectMany: true,
    canSelectFiles: true,
  });
}

/** A file that was chosen itself is taken whatever its name. */
async function collect(uri: Uri, depth: number, files: Uri[]): Promise<void> {
  const { type } = await workspace.fs.stat(uri);
  if ((type & FileType.Directory) === 0) {
    files.push(uri);
    return;
  }
  const entries = await workspace.fs.readDirectory(uri);
  for (const [name, kind] of entries.sort(([left], [right]) => naturalOrder(left, right))) {
    const child = Uri.joinPath(uri, name);
    if (files.length >= fileLimit) {
      return;
    }
    if (kind === FileType.File && isDumpFileName(name)) {
      files.push(child);
    } else if (kind === FileType.Directory && depth < depthLimit) {
      await collect(child, depth + 1, files);
    }
  }
}

import { IGNORE_BYTES, IGNORE_FILE, type IgnoreFile, parseIgnore } from "../../core/findings/ignore.ts";

import { RULES } from "../../core/findings/registry.ts";
import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { FileSystem } from "../base/ports.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import { isBelow, joinUri, parentUri } from "../locator/fileTree.ts";

export { IGNORE_FILE };

/** Folders of a workspace whose files are read. */
const MAX_FOLDERS = 50;

/** The ignore file of a folder of the workspace. */
export interface FolderIgnore {
  /** Where the file is, or would be. */
  readonly uri: string;
  /** Undefined: there is no such file; null: there is something by that name that cannot be read as one. */
  readonly text: string | null | undefined;
  readonly file: IgnoreFile;
}

/** The ignore files at the roots of the workspace, read again only when one was changed. */
export class IgnoreFiles {
  readonly #host: Pick<LanguageServiceHost, "fileSystem" | "folders">;
  #folders: Promise<readonly FolderIgnore[]> | undefined;
  #generation = 0;

  constructor(host: Pick<LanguageServiceHost, "fileSystem" | "folders">) {
    this.#host = host;
  }

  /** Grows with every change. */
  get generation(): number {
    return this.#generation;
  }

  /** One for each folder of the workspace, in its order. */
  read(): Promise<readonly FolderIgnore[]> {
    const folders = this.#host.folders().slice(0, MAX_FOLDERS);
    return (this.#folders ??= Promise.all(folders.map(({ uri }) => this.#readFolder(uri))));
  }

  /** That of the folder a document belongs to, the deepest around it; the first one when it is in none. */
  async readFor(documentUri: string): Promise<FolderIgnore | undefined> {
    const folders = await this.read();
    let deepest: FolderIgnore | undefined;
    for (const folder of folders) {
      const isAround = isBelow(documentUri, parentUri(folder.uri));
      if (isAround && folder.uri.length > (deepest?.uri.length ?? 0)) deepest = folder;
    }
    return deepest ?? folders[0];
  }

  /** A file was changed, created or deleted. */
  invalidate(uri: string): void {
    if (uri.endsWith(`/${IGNORE_FILE}`)) this.reset();
  }

  /** The folders of the workspace are others now. */
  reset(): void {
    this.#folders = undefined;
    this.#generation++;
  }

  async #readFolder(folder: string): Promise<FolderIgnore> {
    const uri = joinUri(folder, [IGNORE_FILE]);
    const { fileSystem } = this.#host;
    const isElsewhere = await leadsOut(fileSystem, uri);
    const bytes = isElsewhere ? undefined : await fileSystem.readFile(uri, IGNORE_BYTES);
    const isThere = isElsewhere || bytes !== undefined || (await fileSystem.stat(uri)) !== undefined;
    const text = bytes === undefined ? (isThere ? null : undefined) : decodeUtf8(bytes);
    const rules = RULES.map(({ id }) => id);
    return { uri, text, file: parseIgnore(text ?? "", rules) };
  }
}

/** Whether a file is a link to elsewhere: a stranger's folder may hold one to any file of the user's. */
export async function leadsOut(files: FileSystem, uri: string): Promise<boolean> {
  const [real, folder] = await Promise.all([files.realPath(uri), files.realPath(parentUri(uri))]);
  return real !== undefined && folder !== undefined && !isBelow(real, folder);
}

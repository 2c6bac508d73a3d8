import { IGNORE_FILE, type IgnoreFile, parseIgnore } from "../../core/findings/ignore.ts";

import { RULES } from "../../core/findings/registry.ts";
import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import { joinUri } from "../locator/fileTree.ts";

export { IGNORE_FILE };

/** More than a list that people keep by hand. */
const MAX_BYTES = 1024 * 1024;
/** Folders of a workspace whose files are read. */
const MAX_FOLDERS = 50;

/** The ignore file of a folder of the workspace. */
export interface FolderIgnore {
  /** Where the file is, or would be. */
  readonly uri: string;
  /** Undefined: there is no such file, or it cannot be read. */
  readonly text: string | undefined;
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
    const bytes = await this.#host.fileSystem.readFile(uri, MAX_BYTES);
    const text = bytes && decodeUtf8(bytes);
    const rules = RULES.map(({ id }) => id);
    return { uri, text, file: parseIgnore(text ?? "", rules) };
  }
}

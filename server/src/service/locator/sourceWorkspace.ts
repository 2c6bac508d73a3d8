import type { CancellationToken } from "../base/ports.ts";
import { canonicalUri, type FileTree } from "./fileTree.ts";
import type { LocatorOptions } from "./locatorOptions.ts";
import { indexWorkspace, type WorkspaceIndex } from "./workspaceIndex.ts";
import { loadWorkspaceModules, type WorkspaceModules } from "./workspaceModules.ts";

/** What is known of the workspace's files. */
export interface OpenWorkspace {
  readonly index: WorkspaceIndex;
  readonly modules: WorkspaceModules;
}

/** The folders of the workspace; they are walked when a search first needs it, and again when files come or go. */
export class SourceWorkspace {
  /** Canonical addresses, without doubles. */
  readonly folders: readonly string[];
  readonly #options: LocatorOptions;
  readonly #tree: FileTree;
  #opening: Promise<OpenWorkspace | undefined> | undefined;
  #index: WorkspaceIndex | undefined;

  constructor(options: LocatorOptions, tree: FileTree) {
    this.#options = options;
    this.#tree = tree;
    this.folders = [...new Set(options.folders.map(({ uri }) => canonicalUri(uri)))];
  }

  /** The workspace; undefined when cancelled. A walk that another request began and cancelled is begun again. */
  async open(token: CancellationToken): Promise<OpenWorkspace | undefined> {
    while (!token.isCancellationRequested) {
      const opening = (this.#opening ??= this.#read(token));
      const workspace = await opening;
      if (workspace) return workspace;
      if (this.#opening === opening) this.#opening = undefined;
    }
    return undefined;
  }

  /** A file was changed, created or deleted; without an address: anything may have. */
  invalidate(uri?: string): void {
    if (uri === undefined || this.#index?.isUnmovedBy(uri) !== true) this.#opening = undefined;
  }

  async #read(token: CancellationToken): Promise<OpenWorkspace | undefined> {
    const { fileSystem, settings, logger } = this.#options;
    const index = await indexWorkspace(fileSystem, this.folders, token);
    if (!index) return undefined;
    this.#index = index;
    if (index.limitNote !== undefined) logger.warn(index.limitNote);
    return { index, modules: await loadWorkspaceModules(this.#tree, index, this.folders, settings.trusted) };
  }
}

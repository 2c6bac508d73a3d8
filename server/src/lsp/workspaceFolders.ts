import { type Connection, DidChangeWorkspaceFoldersNotification, type InitializeParams } from "vscode-languageserver";
import type { SourceFolder } from "../service/locator/locatorOptions.ts";
import type { ClientInfo } from "./clientFeatures.ts";

/** The folders of the workspace as they are now. A client without workspace folders has one root, or none. */
export class WorkspaceFolders {
  #list: readonly SourceFolder[];

  constructor(params: InitializeParams) {
    // Clients of before LSP 3.6 know nothing but the root.
    const root = params.rootUri;
    this.#list = params.workspaceFolders ?? (root === null ? [] : [{ uri: root, name: nameOf(root) }]);
  }

  get list(): readonly SourceFolder[] {
    return this.#list;
  }

  /** Follows changes, and calls back behind each. */
  listen(connection: Connection, client: ClientInfo, onChange: () => void): void {
    if (!client.workspaceFolders) return;
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      this.#list = [...this.#list.filter(({ uri }) => !gone.has(uri)), ...added];
      onChange();
    });
  }
}

function nameOf(uri: string): string {
  const path = uri.replace(/(?<!\/)\/+$/, "");
  return decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
}

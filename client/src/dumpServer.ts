import { type CancellationToken, type Event, EventEmitter, type Disposable } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type DumpChangedParams,
  type FileProgressParams,
  Notifications,
  Requests,
  type RequestTypes,
} from "../../server/src/protocol.ts";

/** The server's requests beyond LSP, as the features see them. */
export interface DumpServer {
  request<K extends keyof RequestTypes>(
    name: K,
    params: RequestTypes[K]["params"],
    token?: CancellationToken,
  ): Promise<RequestTypes[K]["result"]>;
  /** The URI of a document that was parsed anew. */
  readonly onDidChangeDump: Event<string>;
  /** How far `condenseFile` has come. */
  readonly onFileProgress: Event<FileProgressParams>;
}

/** The features' server behind a language client. Requests wait until the client has started. */
export function dumpServer(client: BaseLanguageClient): DumpServer & Disposable {
  const changed = new EventEmitter<string>();
  const progress = new EventEmitter<FileProgressParams>();
  const listening = client.onNotification(Notifications.dumpChanged, ({ uri }: DumpChangedParams) => changed.fire(uri));
  const watching = client.onNotification(Notifications.fileProgress, (params: FileProgressParams) =>
    progress.fire(params),
  );
  return {
    // An undefined token would travel as a second parameter.
    request: (name, params, token) =>
      token === undefined
        ? client.sendRequest(Requests[name], params)
        : client.sendRequest(Requests[name], params, token),
    onDidChangeDump: changed.event,
    onFileProgress: progress.event,
    dispose: () => {
      listening.dispose();
      watching.dispose();
      changed.dispose();
      progress.dispose();
    },
  };
}

import { type CancellationToken, type Event, EventEmitter, type Disposable } from "vscode";
import { ProgressType } from "vscode-jsonrpc";
import type {
  BaseLanguageClient,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from "vscode-languageclient";
import { type DumpChangedParams, Notifications, Requests, type RequestTypes } from "../../server/src/protocol/index.ts";

/** What the server says of something that takes long. */
export type WorkDone = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** The server's requests beyond LSP, as the features see them. */
export interface DumpServer {
  request<K extends keyof RequestTypes>(
    name: K,
    params: RequestTypes[K]["params"],
    token?: CancellationToken,
  ): Promise<RequestTypes[K]["result"]>;
  /** The URI of a document that was parsed anew. */
  readonly onDidChangeDump: Event<string>;
  /** Follows the request that was given this token as its `workDoneToken`. */
  onProgress(workDoneToken: string, told: (value: WorkDone) => void): Disposable;
}

/** The features' server behind a language client. Requests wait until the client has started. */
export function dumpServer(client: BaseLanguageClient): DumpServer & Disposable {
  const changed = new EventEmitter<string>();
  const listening = client.onNotification(Notifications.dumpChanged, ({ uri }: DumpChangedParams) => changed.fire(uri));
  return {
    // An undefined token would travel as a second parameter.
    request: (name, params, token) =>
      token === undefined
        ? client.sendRequest(Requests[name], params)
        : client.sendRequest(Requests[name], params, token),
    onDidChangeDump: changed.event,
    onProgress: (workDoneToken, told) => client.onProgress(new ProgressType<WorkDone>(), workDoneToken, told),
    dispose: () => {
      listening.dispose();
      changed.dispose();
    },
  };
}

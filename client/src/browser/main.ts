import { type ExtensionContext, Uri } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import type { GoroutineDumpExtension } from "../api.ts";
import { settingsSection } from "../ids.ts";
import { activateExtension } from "../common.ts";

export * from "../common.ts";

/** Entry point in the browser: the server is a worker, a new one for each start. */
export function activate(context: ExtensionContext): GoroutineDumpExtension {
  const script = Uri.joinPath(context.extensionUri, "dist/browser/server.js").toString(true);
  let worker: Worker | undefined;
  // Not the worker itself: the editor replaces `Worker` by a function of its own, and the language client, which asks
  // whether it got an instance, would not know it.
  const connect = (): Promise<MessageTransports> => {
    worker?.terminate();
    worker = new Worker(script);
    return Promise.resolve({ reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return activateExtension(
    context,
    (options) => new LanguageClient(settingsSection, "Goroutine Dump", connect, options),
  );
}

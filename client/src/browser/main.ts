import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { settingsSection } from "../ids.ts";
import { activateExtension } from "../shared.ts";

export * from "../shared.ts";

/** Entry point in the browser: the server is a worker, a new one for each start. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, "dist/browser/server.js").toString(true);
  let worker: Worker | undefined;
  const startWorker = (): Promise<Worker> => {
    worker?.terminate();
    worker = new Worker(script);
    return Promise.resolve(worker);
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  activateExtension(context, (options) => new LanguageClient(settingsSection, "Goroutine Dump", startWorker, options));
}

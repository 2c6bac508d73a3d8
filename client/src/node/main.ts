import type { ExtensionContext } from "vscode";
import type { LanguageClientOptions, MessageTransports } from "vscode-languageclient";
import type { GoroutineDumpExtension } from "../api.ts";
import { settingsSection } from "../ids.ts";
import { activateExtension, BaseLanguageClient, registerMcpServer } from "../common.ts";
import { ServerProcess } from "./serverProcess.ts";

/** Entry point on the desktop and on remote machines: the server is a child process. */
export function activate(context: ExtensionContext): GoroutineDumpExtension {
  const server = new ServerProcess(context.asAbsolutePath("dist/node/server.js"));
  context.subscriptions.push(server);
  const { version } = context.extension.packageJSON as { readonly version: string };
  const assistants = registerMcpServer({
    executable: process.execPath,
    script: server.module,
    label: "Goroutine Dump",
    version,
  });
  if (assistants !== undefined) context.subscriptions.push(assistants);
  return activateExtension(context, (options) => new ProcessClient(server, options));
}

class ProcessClient extends BaseLanguageClient {
  readonly #server: ServerProcess;

  constructor(server: ServerProcess, options: LanguageClientOptions) {
    super(settingsSection, "Goroutine Dump", options);
    this.#server = server;
  }

  protected override createMessageTransports(): Promise<MessageTransports> {
    return Promise.resolve(this.#server.start(this.clientOptions.outputChannel));
  }
}

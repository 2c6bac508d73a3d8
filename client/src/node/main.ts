import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateExtension } from "../extension.ts";
import { settingsSection } from "../ids.ts";

/** Entry point on the desktop and on remote machines: the server is a child process. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath("dist/node/cli.js");
  const server = { module, args: ["lsp"], transport: TransportKind.ipc };
  activateExtension(
    context,
    (options) => new LanguageClient(settingsSection, "Goroutine Dump", { run: server, debug: server }, options),
  );
}

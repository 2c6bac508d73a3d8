import * as vscode from "vscode";
import { mcpProvider, Settings, settingsSection } from "../../ids.ts";

/** What gives servers of the Model Context Protocol to an editor. */
interface DefinitionProvider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  provideMcpServerDefinitions(): readonly unknown[];
}

/** What VS Code has from 1.101 on, and the typings of our engine lack. */
interface NewerEditor {
  readonly lm?: {
    registerMcpServerDefinitionProvider?(id: string, provider: DefinitionProvider): vscode.Disposable;
  };
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    version: string,
  ) => unknown;
}

/** What is started, and what it is called. */
interface McpCommand {
  /** What runs scripts for Node, and the bundle. */
  readonly executable: string;
  readonly script: string;
  readonly label: string;
  readonly version: string;
}

/**
 * Offers the bundled server for assistants that know no tools of the editor, when the setting says so: else models would
 * have each tool twice. Undefined: the editor knows no such servers.
 */
export function registerMcpServer(
  { executable, script, label, version }: McpCommand,
  editor: object = vscode,
): vscode.Disposable | undefined {
  const { lm, McpStdioServerDefinition: Definition } = editor as NewerEditor;
  if (lm?.registerMcpServerDefinitionProvider === undefined || Definition === undefined) return undefined;
  const changed = new vscode.EventEmitter<void>();
  const setting = `${settingsSection}.${Settings.mcpServer}`;
  const following = [
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(setting) && changed.fire()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    lm.registerMcpServerDefinitionProvider(mcpProvider, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions() {
        const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
        const isWanted = vscode.workspace.getConfiguration(settingsSection).get(Settings.mcpServer) === true;
        if (!isWanted || folders.length === 0) return [];
        const args = [script, "mcp", ...folders.map(({ uri }) => uri.fsPath)];
        // The editor's own executable then is Node; there may be no other.
        return [new Definition(label, executable, args, { ELECTRON_RUN_AS_NODE: "1" }, version)];
      },
    }),
    changed,
  ];
  return { dispose: () => following.forEach((each) => void each.dispose()) };
}

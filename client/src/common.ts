/**
 * What the two entry points have in common. The browser's bundle exports it and Node's loads it from there (see
 * esbuild.mjs): the language client is most of either, and so the package holds it once.
 */
export * as jsonrpc from "vscode-jsonrpc";
export { BaseLanguageClient } from "vscode-languageclient";
export { activateExtension } from "./extension.ts";
export { registerMcpServer } from "./features/assistants/mcpServer.ts";

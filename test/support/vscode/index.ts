/**
 * Stands in for the module `vscode` in unit tests (an alias of vitest.config.mts): just what the client uses, with the
 * editor's state in {@link editor} and {@link state}, where a test sets and reads it.
 */
export { editor, state } from "./editor.ts";
export * from "./enums.ts";
export * from "./events.ts";
export * from "./namespaces.ts";
export type { FakeDocument } from "./shapes.ts";
export * from "./values.ts";
export { window } from "./window.ts";
export { workspace } from "./workspace.ts";

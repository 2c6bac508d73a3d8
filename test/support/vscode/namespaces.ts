import type * as vscode from "vscode";
import type { URI } from "vscode-uri";
import { editor, state } from "./editor.ts";
import type { Fake } from "./fake.ts";
import type { FakeDocument } from "./shapes.ts";
import type { Diagnostic } from "./values.ts";

/** The namespace `commands`. */
export const commands = {
  registerCommand(id: string, run: (...args: unknown[]) => unknown) {
    editor.commands.set(id, run);
    return { dispose: () => editor.commands.delete(id) };
  },
  executeCommand(id: string, ...args: unknown[]): Promise<unknown> {
    if (id === "setContext") {
      editor.context.set(String(args[0]), args[1]);
      return Promise.resolve();
    }
    if (id === "vscode.executeReferenceProvider") return Promise.resolve(editor.references);
    return Promise.resolve(editor.commands.get(id)?.(...args));
  },
} satisfies Fake<typeof vscode.commands>;

/** The namespace `languages`. */
export const languages = {
  registerCodeLensProvider(selector: { readonly language?: string }, provider: typeof editor.codeLenses) {
    if (selector.language === undefined) editor.revisionLenses = provider;
    else editor.codeLenses = provider;
    return { dispose() {} };
  },
  registerHoverProvider(_selector: unknown, provider: typeof editor.hovers) {
    editor.hovers = provider;
    return { dispose() {} };
  },
  createDiagnosticCollection: () => ({
    clear: () => editor.diagnostics.clear(),
    set(entries: readonly (readonly [URI, readonly Diagnostic[]])[]) {
      for (const [uri, list] of entries) editor.diagnostics.set(uri.toString(), list);
    },
    dispose() {},
  }),
  setTextDocumentLanguage(document: FakeDocument, languageId: string) {
    document.languageId = languageId;
    return Promise.resolve(document);
  },
} satisfies Fake<typeof vscode.languages>;

/** The namespace `debug`. */
export const debug = {
  get activeDebugSession() {
    return state.activeDebugSession;
  },
} satisfies Fake<typeof vscode.debug>;

/** The namespace `env`. */
export const env = {
  language: "en",
  get uiKind() {
    return state.uiKind;
  },
  remoteName: undefined,
  clipboard: {
    readText: () => Promise.resolve(editor.clipboard),
    writeText: (text: string) => Promise.resolve(void (editor.clipboard = text)),
  },
} satisfies Fake<typeof vscode.env>;

/** The namespace `l10n`. */
export const l10n = {
  t: (message: string, ...args: unknown[]) =>
    message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
} satisfies Fake<typeof vscode.l10n>;

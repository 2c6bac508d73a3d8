import type * as vscode from "vscode";
import { URI } from "vscode-uri";
import { boxChanges, changes, editor, state } from "./editor.ts";
import { EventEmitter } from "./events.ts";
import type { Fake } from "./fake.ts";
import type { Asked, FakeDocument, FakePanel, FakeTerminalLinks, FakeTreeView } from "./shapes.ts";
import type { Range } from "./values.ts";

const ask = (kind: Asked["kind"], text: string, choices: readonly unknown[]): Promise<unknown> => {
  const asked = { kind, text, choices };
  editor.asked.push(asked);
  return Promise.resolve(editor.answer(asked));
};

/** The namespace `window`. */
export const window = {
  get activeTextEditor() {
    return state.activeTextEditor;
  },
  get visibleTextEditors() {
    return state.activeTextEditor === undefined ? [] : [state.activeTextEditor];
  },
  tabGroups: { all: state.tabs },
  onDidChangeActiveTextEditor: changes.activeEditor.event,
  onDidChangeTextEditorSelection: changes.selection.event,
  createOutputChannel: () => ({ error() {}, warn() {}, info() {}, debug() {}, show() {}, dispose() {} }),
  registerCustomEditorProvider: () => ({ dispose: () => {} }),
  createTreeView(id: string, { treeDataProvider }: { treeDataProvider: FakeTreeView["provider"] }) {
    const view = {
      provider: treeDataProvider,
      message: "",
      description: "",
      visible: true,
      selection: [] as unknown[],
      revealed: [] as unknown[],
      reveal: (node: unknown) => Promise.resolve(void view.revealed.push(node)),
      dispose() {},
    };
    editor.trees.set(id, view);
    return view;
  },
  createStatusBarItem(id: string) {
    const item = id === "totals" ? editor.statusBar : { text: "", tooltip: "", visible: false };
    if (id === "revision") editor.revisionItem = item;
    return Object.assign(item, {
      show: () => (item.visible = true),
      hide: () => (item.visible = false),
      dispose() {},
    });
  },
  createWebviewPanel(): FakePanel {
    const received = new EventEmitter<unknown>();
    const disposed = new EventEmitter<void>();
    const panel: FakePanel = {
      posted: [],
      send: (message) => received.fire(message),
      webview: {
        html: "",
        cspSource: "https://csp.example",
        asWebviewUri: (uri) => uri,
        onDidReceiveMessage: received.event,
        postMessage: (message) => Promise.resolve(panel.posted.push(message) > 0),
      },
      onDidDispose: disposed.event,
      reveal() {},
      dispose: () => disposed.fire(),
    };
    editor.panel = panel;
    return panel;
  },
  createTerminal: () => ({
    show() {},
    sendText: (text: string, isRun: boolean) => void editor.typed.push({ text, isRun }),
  }),
  registerTerminalLinkProvider(provider: FakeTerminalLinks) {
    editor.terminalLinks = provider;
    return { dispose() {} };
  },
  withProgress: <T>(_options: unknown, task: (progress: unknown, token: unknown) => T): T =>
    task({ report() {} }, editor.progress.token),
  registerFileDecorationProvider: () => ({ dispose() {} }),
  showInformationMessage: (text: string, ...choices: unknown[]) => ask("information", text, choices),
  showWarningMessage: (text: string, ...choices: unknown[]) => ask("warning", text, choices),
  showErrorMessage: (text: string, ...choices: unknown[]) => ask("error", text, choices),
  showInputBox: ({ title }: { title: string }) => ask("input", title, []),
  showQuickPick: (items: readonly unknown[], { title }: { title: string }) => ask("pick", title, items),
  showOpenDialog: ({ title }: { title: string }) => ask("open", title, []),
  showSaveDialog: ({ title }: { title: string }) => ask("save", title, []),
  createQuickPick() {
    for (const each of Object.values(boxChanges)) each.dispose();
    Object.assign(editor.box, { value: "", items: [], selectedItems: [] });
    return Object.assign(editor.box, {
      onDidChangeValue: boxChanges.value.event,
      onDidAccept: boxChanges.accept.event,
      onDidHide: boxChanges.hide.event,
      show: () => editor.boxShown(),
      hide: () => boxChanges.hide.fire(),
      dispose() {},
    });
  },
  setStatusBarMessage() {},
  showTextDocument(target: FakeDocument | URI, options?: { readonly selection?: Range }) {
    const uri = target instanceof URI ? target : target.uri;
    editor.opened.push({ uri: uri.toString(), line: options?.selection?.start.line });
    return Promise.resolve({ revealRange() {} });
  },
} satisfies Fake<typeof vscode.window>;

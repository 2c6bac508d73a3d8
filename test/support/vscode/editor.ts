import { URI } from "vscode-uri";
import { CancellationTokenSource, EventEmitter } from "./events.ts";
import type {
  Asked,
  FakeDebugSession,
  FakeDocument,
  FakeEditor,
  FakePanel,
  FakeTerminalLinks,
  FakeTreeView,
  Provider,
} from "./shapes.ts";
import { type Diagnostic, type Location, Position, type Range } from "./values.ts";

/** What the editor tells the extension. */
export const changes = {
  activeEditor: new EventEmitter<FakeEditor | undefined>(),
  selection: new EventEmitter<{ readonly textEditor: FakeEditor }>(),
  opened: new EventEmitter<FakeDocument>(),
  closed: new EventEmitter<FakeDocument>(),
  changed: new EventEmitter<{ document: FakeDocument; contentChanges: readonly { text: string; range?: Range }[] }>(),
  configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
  folders: new EventEmitter<void>(),
  trusted: new EventEmitter<void>(),
};

export const boxChanges = {
  value: new EventEmitter<string>(),
  accept: new EventEmitter<void>(),
  hide: new EventEmitter<void>(),
};

/** What the namespaces of the module show as their own. */
export const state = {
  activeTextEditor: undefined as FakeEditor | undefined,
  tabs: [] as { activeTab: unknown; viewColumn: number }[],
  textDocuments: [] as FakeDocument[],
  workspaceFolders: undefined as { readonly name: string; readonly uri: URI }[] | undefined,
  activeDebugSession: undefined as FakeDebugSession | undefined,
  uiKind: 1,
  isTrusted: true,
};

/** The fake editor's state and controls. */
export const editor = {
  /** Cancels what shows its progress. */
  progress: new CancellationTokenSource(),
  commands: new Map<string, (...args: unknown[]) => unknown>(),
  context: new Map<string, unknown>(),
  settings: new Map<string, unknown>(),
  written: [] as { readonly key: string; readonly value: unknown; readonly target: number }[],
  asked: [] as Asked[],
  /** Answers what the extension asks; undefined is dismissing it. */
  answer: (_asked: Asked): unknown => undefined,
  opened: [] as { readonly uri: string; readonly line: number | undefined }[],
  clipboard: "",
  /** The tree views by their ids. */
  trees: new Map<string, FakeTreeView>(),
  get tree(): FakeTreeView | undefined {
    return this.trees.get("goroutineDump.goroutines");
  },
  /** What the user does when the quick pick opens that is typed into. */
  boxShown: (): void => {},
  /** The quick pick that is typed into, as it was last opened. */
  box: {
    value: "",
    items: [] as readonly { readonly label: string }[],
    selectedItems: [] as readonly { readonly label: string }[],
    get labels(): string[] {
      return this.items.map(({ label }) => label);
    },
    type(value: string): void {
      this.value = value;
      boxChanges.value.fire(value);
    },
    accept(index: number): void {
      this.selectedItems = this.items.slice(index, index + 1);
      boxChanges.accept.fire();
    },
    leave: (): void => boxChanges.hide.fire(),
  },
  /** What was typed into terminals, and whether the key was pressed that starts it. */
  typed: [] as { text: string; isRun: boolean }[],
  terminalLinks: undefined as FakeTerminalLinks | undefined,
  panel: undefined as FakePanel | undefined,
  documents: new Map<string, (uri?: URI) => string | Promise<string>>(),
  secrets: new Map<string, string>(),
  statusBar: { text: "", tooltip: "", visible: false },
  /** Beside the totals: the revision that the dump is of. */
  revisionItem: { text: "", tooltip: "", visible: false },
  files: new Map<string, Uint8Array>(),
  codeLenses: undefined as Provider<"provideCodeLenses"> | undefined,
  revisionLenses: undefined as Provider<"provideCodeLenses"> | undefined,
  hovers: undefined as Provider<"provideHover"> | undefined,
  /** By address, as the extension's collection has them. */
  diagnostics: new Map<string, readonly Diagnostic[]>(),
  /** What the editor's language support for Go finds. */
  references: [] as Location[],
  reset(): void {
    editor.progress = new CancellationTokenSource();
    Object.assign(this, { written: [], asked: [], opened: [], typed: [], clipboard: "", answer: () => undefined });
    this.boxShown = () => {};
    Object.assign(state, { uiKind: 1, isTrusted: true });
    this.settings.clear();
    this.files.clear();
    this.secrets.clear();
    this.panel = undefined;
    state.activeDebugSession = undefined;
    state.textDocuments.length = 0;
    state.workspaceFolders = undefined;
    state.activeTextEditor = undefined;
    state.tabs.length = 0;
  },
  /** Opens a document and puts it in front. */
  show(uri: string, languageId: string, text = ""): FakeDocument {
    const lines = text.split("\n");
    const document: FakeDocument = {
      lines,
      uri: URI.parse(uri),
      languageId,
      isClosed: false,
      isDirty: false,
      version: 1,
      get lineCount() {
        return lines.length;
      },
      lineAt: (line) => ({ text: lines[line] ?? "" }),
    };
    state.textDocuments.push(document);
    changes.opened.fire(document);
    this.focus(document);
    return document;
  },
  focus(document: FakeDocument, line = 0): void {
    state.activeTextEditor = { document, selection: { active: new Position(line, 0) }, revealRange: () => {} };
    changes.activeEditor.fire(state.activeTextEditor);
    changes.selection.fire({ textEditor: state.activeTextEditor });
  },
  close(document: FakeDocument): void {
    document.isClosed = true;
    state.textDocuments.splice(state.textDocuments.indexOf(document), 1);
    state.activeTextEditor = undefined;
    changes.closed.fire(document);
    changes.activeEditor.fire(undefined);
  },
  /** Puts a text in the place of a range. */
  edit(document: FakeDocument, range: Range, text: string): void {
    const { start, end } = range;
    const before = (document.lines[start.line] ?? "").slice(0, start.character);
    const after = (document.lines[end.line] ?? "").slice(end.character);
    document.lines.splice(start.line, end.line - start.line + 1, ...`${before}${text}${after}`.split("\n"));
    changes.changed.fire({ document, contentChanges: [{ range, text }] });
    if (document.isDirty) return;
    document.isDirty = true;
    changes.changed.fire({ document, contentChanges: [] });
  },
  configure(key: string, value: unknown): void {
    this.settings.set(key, value);
    changes.configuration.fire({ affectsConfiguration: (section) => section === key });
  },
  paste(document: FakeDocument, text: string): void {
    changes.changed.fire({ document, contentChanges: [{ text }] });
  },
};

/**
 * Stands in for the module `vscode` in unit tests (an alias of vitest.config.ts): just what the client uses, with the
 * editor's state in {@link editor}, where a test sets and reads it.
 */
import { URI, Utils } from "vscode-uri";

type Listener<T> = (value: T) => unknown;

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export const Uri = Object.assign(URI, Utils);

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...at: [Position, Position] | [number, number, number, number]) {
    this.start = at.length === 4 ? new Position(at[0], at[1]) : at[0];
    this.end = at.length === 4 ? new Position(at[2], at[3]) : at[1];
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;
  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class FileDecoration {
  readonly badge: string | undefined;
  readonly tooltip: string | undefined;
  readonly color: ThemeColor | undefined;
  constructor(badge?: string, tooltip?: string, color?: ThemeColor) {
    this.badge = badge;
    this.tooltip = tooltip;
    this.color = color;
  }
}

export class MarkdownString {
  value = "";
  isTrusted: unknown;
  appendText(text: string): this {
    this.value += text.replace(/[\\`*_{}[\]()#+\-!~<>]/g, "\\$&");
    return this;
  }
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export class CodeLens {
  readonly range: Range;
  readonly command: unknown;
  constructor(range: Range, command?: unknown) {
    this.range = range;
    this.command = command;
  }
}

export class Hover {
  readonly contents: MarkdownString;
  readonly range: Range;
  constructor(contents: MarkdownString, range: Range) {
    this.contents = contents;
    this.range = range;
  }
}

export class Location {
  readonly uri: URI;
  readonly range: Range;
  constructor(uri: URI, range: Range) {
    this.uri = uri;
    this.range = range;
  }
}

export class DiagnosticRelatedInformation {
  readonly location: Location;
  readonly message: string;
  constructor(location: Location, message: string) {
    this.location = location;
    this.message = message;
  }
}

export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
  constructor(range: Range, message: string, severity: number) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

export class TabInputText {
  readonly uri: URI;
  constructor(uri: URI) {
    this.uri = uri;
  }
}

export class TerminalLink {
  readonly startIndex: number;
  readonly length: number;
  readonly tooltip: string | undefined;
  constructor(startIndex: number, length: number, tooltip?: string) {
    this.startIndex = startIndex;
    this.length = length;
    this.tooltip = tooltip;
  }
}

export class FileSystemError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
  static FileExists(uri: URI): FileSystemError {
    return new FileSystemError(`${uri.toString()} exists`, "FileExists");
  }
}

export class CancellationError extends Error {}

export class CancellationTokenSource {
  readonly #cancelled = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.#cancelled.event };
  cancel(): void {
    this.token.isCancellationRequested = true;
    this.#cancelled.fire();
  }
}

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const ProgressLocation = { Notification: 15 };
export const ViewColumn = { Active: -1 };
export const EndOfLine = { LF: 1, CRLF: 2 };
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 };

/** A text document of the editor. */
export interface FakeDocument {
  readonly uri: URI;
  languageId: string;
  isClosed: boolean;
  isDirty: boolean;
  readonly version: number;
  readonly lines: string[];
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

/** A language feature of the extension. */
type Provider<Method extends string> = Readonly<Record<Method, (document: FakeDocument, ...rest: never[]) => unknown>>;

interface FakeEditor {
  readonly document: FakeDocument;
  readonly selection: { readonly active: Position };
  revealRange(): void;
}

/** The message, question or picker a test answers. */
interface Asked {
  readonly kind: "information" | "warning" | "error" | "input" | "pick" | "open" | "save";
  readonly text: string;
  readonly choices: readonly unknown[];
}

const changes = {
  activeEditor: new EventEmitter<FakeEditor | undefined>(),
  selection: new EventEmitter<{ readonly textEditor: FakeEditor }>(),
  opened: new EventEmitter<FakeDocument>(),
  closed: new EventEmitter<FakeDocument>(),
  changed: new EventEmitter<{ document: FakeDocument; contentChanges: readonly { text: string; range?: Range }[] }>(),
  configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
  trusted: new EventEmitter<void>(),
};

const boxChanges = {
  value: new EventEmitter<string>(),
  accept: new EventEmitter<void>(),
  hide: new EventEmitter<void>(),
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
  },
  terminalLinks: undefined as FakeTerminalLinks | undefined,
  panel: undefined as FakePanel | undefined,
  documents: new Map<string, () => string | Promise<string>>(),
  secrets: new Map<string, string>(),
  statusBar: { text: "", tooltip: "", visible: false },
  files: new Map<string, Uint8Array>(),
  codeLenses: undefined as Provider<"provideCodeLenses"> | undefined,
  hovers: undefined as Provider<"provideHover"> | undefined,
  /** By address, as the extension's collection has them. */
  diagnostics: new Map<string, readonly Diagnostic[]>(),
  /** What the editor's language support for Go finds. */
  references: [] as Location[],
  reset(): void {
    editor.progress = new CancellationTokenSource();
    Object.assign(this, { written: [], asked: [], opened: [], clipboard: "", answer: () => undefined });
    this.settings.clear();
    this.files.clear();
    this.secrets.clear();
    this.panel = undefined;
    debug.activeDebugSession = undefined;
    workspace.textDocuments.length = 0;
    workspace.workspaceFolders = undefined;
    window.activeTextEditor = undefined;
    window.tabGroups.all.length = 0;
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
    workspace.textDocuments.push(document);
    changes.opened.fire(document);
    this.focus(document);
    return document;
  },
  focus(document: FakeDocument, line = 0): void {
    window.activeTextEditor = { document, selection: { active: new Position(line, 0) }, revealRange: () => {} };
    changes.activeEditor.fire(window.activeTextEditor);
    changes.selection.fire({ textEditor: window.activeTextEditor });
  },
  close(document: FakeDocument): void {
    document.isClosed = true;
    workspace.textDocuments.splice(workspace.textDocuments.indexOf(document), 1);
    window.activeTextEditor = undefined;
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

/** What the extension gave to `createTreeView`, with what it shows. */
interface FakeTreeView {
  readonly provider: {
    getChildren(node?: unknown): Promise<unknown[]>;
    getTreeItem(node: unknown): Record<string, unknown>;
    getParent(node: unknown): unknown;
    onDidChangeTreeData: EventEmitter<unknown>["event"];
  };
  message: string;
  description: string;
  visible: boolean;
  revealed: unknown[];
}

/** A webview panel: what the page was sent, and how it answers. */
interface FakePanel {
  readonly posted: unknown[];
  send(message: unknown): void;
  readonly webview: {
    html: string;
    readonly cspSource: string;
    asWebviewUri(uri: URI): URI;
    onDidReceiveMessage: EventEmitter<unknown>["event"];
    postMessage(message: unknown): Promise<boolean>;
  };
  onDidDispose: EventEmitter<void>["event"];
  reveal(): void;
  dispose(): void;
}

interface FakeTerminalLinks {
  provideTerminalLinks(context: { readonly line: string }): readonly TerminalLink[];
  handleTerminalLink(link: TerminalLink): void;
}

const ask = (kind: Asked["kind"], text: string, choices: readonly unknown[]): Promise<unknown> => {
  const asked = { kind, text, choices };
  editor.asked.push(asked);
  return Promise.resolve(editor.answer(asked));
};

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
};

export const window = {
  activeTextEditor: undefined as FakeEditor | undefined,
  get visibleTextEditors() {
    return this.activeTextEditor === undefined ? [] : [this.activeTextEditor];
  },
  tabGroups: { all: [] as { activeTab: unknown; viewColumn: number }[] },
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
  createStatusBarItem: (id: string) =>
    Object.assign(id === "totals" ? editor.statusBar : { text: "", tooltip: "", visible: false }, {
      show: () => (editor.statusBar.visible = true),
      hide: () => (editor.statusBar.visible = false),
      dispose() {},
    }),
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
      show() {},
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
};

export const workspace = {
  textDocuments: [] as FakeDocument[],
  workspaceFolders: undefined as { readonly name: string; readonly uri: URI }[] | undefined,
  isTrusted: true,
  onDidOpenTextDocument: changes.opened.event,
  onDidCloseTextDocument: changes.closed.event,
  onDidChangeTextDocument: changes.changed.event,
  onDidGrantWorkspaceTrust: changes.trusted.event,
  onDidChangeConfiguration: changes.configuration.event,
  asRelativePath: (uri: URI) => uri.path.slice(1),
  getConfiguration: (section: string) => ({
    get: (key: string, fallback: unknown) => editor.settings.get(`${section}.${key}`) ?? fallback,
    inspect: (key: string) => ({ workspaceValue: editor.settings.get(`${section}.${key}`) }),
    update: (key: string, value: unknown, target: number) =>
      Promise.resolve(void editor.written.push({ key: `${section}.${key}`, value, target })),
  }),
  openTextDocument: (given: URI | { readonly language: string; readonly content: string }) =>
    Promise.resolve(
      given instanceof URI
        ? editor.show(given.toString(), given.path.endsWith(".goroutines") ? "goroutine-dump" : "plaintext")
        : editor.show("untitled:Untitled-1", given.language, given.content),
    ),
  registerTextDocumentContentProvider(
    scheme: string,
    provider: { provideTextDocumentContent(): string | Promise<string> },
  ) {
    editor.documents.set(scheme, () => provider.provideTextDocumentContent());
    return { dispose: () => editor.documents.delete(scheme) };
  },
  fs: {
    writeFile: (uri: URI, bytes: Uint8Array) => Promise.resolve(void editor.files.set(uri.toString(), bytes)),
    rename: (from: URI, to: URI) => {
      if (editor.files.has(to.toString())) return Promise.reject(FileSystemError.FileExists(to));
      editor.files.set(to.toString(), editor.files.get(from.toString())!);
      return Promise.resolve(void editor.files.delete(from.toString()));
    },
    delete: (uri: URI) => Promise.resolve(void editor.files.delete(uri.toString())),
    stat: (uri: URI) => {
      const bytes = editor.files.get(uri.toString());
      return bytes === undefined
        ? Promise.reject(new Error("no such file"))
        : Promise.resolve({ type: FileType.File, size: bytes.length, mtime: 7 });
    },
    readFile: (uri: URI) => Promise.resolve(editor.files.get(uri.toString())),
    readDirectory: () => Promise.resolve([["link", FileType.Directory | FileType.SymbolicLink]]),
  },
};

export const languages = {
  registerCodeLensProvider(_selector: unknown, provider: typeof editor.codeLenses) {
    editor.codeLenses = provider;
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
};

export const debug = {
  activeDebugSession: undefined as FakeDebugSession | undefined,
};

interface FakeDebugSession {
  readonly type: string;
  readonly name: string;
  customRequest(command: string, args?: unknown): Promise<unknown>;
}

export const env = {
  language: "en",
  clipboard: {
    readText: () => Promise.resolve(editor.clipboard),
    writeText: (text: string) => Promise.resolve(void (editor.clipboard = text)),
  },
};

export const l10n = {
  t: (message: string, ...args: unknown[]) =>
    message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

import type { URI } from "vscode-uri";
import type { EventEmitter } from "./events.ts";
import type { Position, TerminalLink } from "./values.ts";

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
export type Provider<Method extends string> = Readonly<
  Record<Method, (document: FakeDocument, ...rest: never[]) => unknown>
>;

export interface FakeEditor {
  readonly document: FakeDocument;
  readonly selection: { readonly active: Position };
  revealRange(): void;
}

/** The message, question or picker a test answers. */
export interface Asked {
  readonly kind: "information" | "warning" | "error" | "input" | "pick" | "open" | "save";
  readonly text: string;
  readonly choices: readonly unknown[];
}

/** What the extension gave to `createTreeView`, with what it shows. */
export interface FakeTreeView {
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
export interface FakePanel {
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

export interface FakeTerminalLinks {
  provideTerminalLinks(context: { readonly line: string }): readonly TerminalLink[];
  handleTerminalLink(link: TerminalLink): void;
}

export interface FakeDebugSession {
  readonly type: string;
  readonly name: string;
  customRequest(command: string, args?: unknown): Promise<unknown>;
}

import type * as vscode from "vscode";

/** Some of an enumeration, with the numbers it has. */
type Numbers<Enum> = { readonly [Name in keyof Enum]?: Enum[Name] };

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 } satisfies Numbers<
  typeof vscode.DiagnosticSeverity
>;
export const QuickPickItemKind = { Separator: -1, Default: 0 } satisfies Numbers<typeof vscode.QuickPickItemKind>;
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } satisfies Numbers<
  typeof vscode.TreeItemCollapsibleState
>;
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } satisfies Numbers<
  typeof vscode.FileType
>;
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } satisfies Numbers<
  typeof vscode.ConfigurationTarget
>;
export const UIKind = { Desktop: 1, Web: 2 } satisfies Numbers<typeof vscode.UIKind>;
export const StatusBarAlignment = { Left: 1, Right: 2 } satisfies Numbers<typeof vscode.StatusBarAlignment>;
export const ProgressLocation = { Notification: 15 } satisfies Numbers<typeof vscode.ProgressLocation>;
export const TextEditorSelectionChangeKind = { Keyboard: 1, Mouse: 2, Command: 3 } satisfies Numbers<
  typeof vscode.TextEditorSelectionChangeKind
>;
export const ViewColumn = { Active: -1 } satisfies Numbers<typeof vscode.ViewColumn>;
export const EndOfLine = { LF: 1, CRLF: 2 } satisfies Numbers<typeof vscode.EndOfLine>;
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 } satisfies Numbers<
  typeof vscode.TextEditorRevealType
>;

import * as vscode from "vscode";

/** A tool, as an editor calls it. */
interface EditorTool {
  /** What is shown while it runs. */
  prepareInvocation(): { readonly invocationMessage: string };
  invoke(options: { readonly input: unknown }, token: vscode.CancellationToken): Promise<unknown>;
}

/** What VS Code has from 1.95 on, and the typings of our engine lack. */
interface NewerEditor {
  readonly lm?: { registerTool?(name: string, tool: EditorTool): vscode.Disposable };
  readonly LanguageModelToolResult?: new (parts: readonly unknown[]) => unknown;
  readonly LanguageModelTextPart?: new (text: string) => unknown;
}

/** How tools are offered to models. */
export interface ToolApi {
  registerTool(name: string, tool: EditorTool): vscode.Disposable;
  /** The result of a tool that is one text. */
  textResult(text: string): unknown;
}

/** Undefined: the editor has no tools for models. */
export function toolApi(editor: object = vscode): ToolApi | undefined {
  const { lm, LanguageModelToolResult: Result, LanguageModelTextPart: Part } = editor as NewerEditor;
  if (lm?.registerTool === undefined || Result === undefined || Part === undefined) return undefined;
  return {
    registerTool: (name, tool) => lm.registerTool!(name, tool),
    textResult: (text) => new Result([new Part(text)]),
  };
}

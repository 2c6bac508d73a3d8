import type * as vscode from "vscode";
import { URI } from "vscode-uri";
import { changes, editor, state } from "./editor.ts";
import { FileType } from "./enums.ts";
import type { Fake } from "./fake.ts";
import { FileSystemError } from "./values.ts";

/** The namespace `workspace`. */
export const workspace = {
  textDocuments: state.textDocuments,
  get workspaceFolders() {
    return state.workspaceFolders;
  },
  get isTrusted() {
    return state.isTrusted;
  },
  onDidOpenTextDocument: changes.opened.event,
  onDidCloseTextDocument: changes.closed.event,
  onDidChangeTextDocument: changes.changed.event,
  onDidGrantWorkspaceTrust: changes.trusted.event,
  onDidChangeConfiguration: changes.configuration.event,
  onDidChangeWorkspaceFolders: changes.folders.event,
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
    provider: { provideTextDocumentContent(uri?: URI): string | Promise<string> },
  ) {
    editor.documents.set(scheme, (uri) => provider.provideTextDocumentContent(uri));
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
} satisfies Fake<typeof vscode.workspace>;

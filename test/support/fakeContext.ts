import type { ExtensionContext } from "vscode";
import { editor, Uri } from "./vscode/index.ts";

/** What the editor gives to an extension that it activates, with memory that goes with the test. */
export function fakeContext(): ExtensionContext {
  const memory = new Map<string, unknown>();
  const context = {
    subscriptions: [],
    workspaceState: {
      get: (key: string, fallback: unknown) => memory.get(key) ?? fallback,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    },
    secrets: {
      get: async (key: string) => editor.secrets.get(key),
      store: async (key: string, value: string) => void editor.secrets.set(key, value),
      delete: async (key: string) => void editor.secrets.delete(key),
    },
    extensionUri: Uri.parse("file:///extension"),
    globalStorageUri: Uri.parse("file:///storage"),
  };
  return context as unknown as ExtensionContext;
}

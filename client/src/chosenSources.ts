import type { ExtensionContext } from "vscode";
import { Memory } from "./ids.ts";

/** The user's answers to ambiguous frames in this workspace: path in the dump to URI. */
export function chosenSources(context: ExtensionContext): Readonly<Record<string, string>> {
  return context.workspaceState.get(Memory.chosenSources, {});
}

/** Remembers that frames of `file` are in `chosen`. */
export async function rememberSource(context: ExtensionContext, file: string, chosen: string): Promise<void> {
  await context.workspaceState.update(Memory.chosenSources, { ...chosenSources(context), [file]: chosen });
}

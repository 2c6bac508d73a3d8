import { Uri, workspace } from "vscode";
import { saveDocument } from "../ids.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";

/** A quick fix writes a file for the command line and for other people too: it is saved, not left in an editor. */
export function registerQuickFixes(services: Services): void {
  registerCommand(services, saveDocument, async (uri: string) => {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    await document.save();
  });
}

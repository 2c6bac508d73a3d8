import { commands, env, l10n, languages, type TextDocument, type Uri, window, workspace } from "vscode";
import { Commands, InternalCommands, languageId } from "../ids.ts";
import { isShownCondensed } from "./condensedView.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";
import { showInformation } from "../util/messages.ts";

/** Ways to a dump other than a file name the editor knows: any file, the clipboard, a document that is open. */
export function registerOpenDump(services: Services): void {
  registerCommand(services, Commands.openFile, askForFile);
  registerCommand(services, Commands.openAs, showDumpFile);
  registerCommand(services, Commands.openClipboard, openClipboard);
  registerCommand(services, Commands.showAsDump, async () => {
    const document = window.activeTextEditor?.document;
    if (document !== undefined) {
      await showAsDump(document);
    }
  });
}

/** Gives the document the language of dumps, so that everything here works in it. */
export async function showAsDump(document: TextDocument): Promise<TextDocument> {
  return document.languageId === languageId ? document : languages.setTextDocumentLanguage(document, languageId);
}

async function askForFile(): Promise<void> {
  const chosen = await window.showOpenDialog({
    title: l10n.t("Open Goroutine Dump"),
    openLabel: l10n.t("Open as Goroutine Dump"),
  });
  if (chosen?.[0] !== undefined) {
    await showDumpFile(chosen[0]);
  }
}

/** Opens a file as a dump, whatever its name. */
export async function showDumpFile(uri: Uri): Promise<void> {
  if (await isShownCondensed(uri)) {
    await commands.executeCommand(InternalCommands.openCondensed, uri);
    return;
  }
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(await showAsDump(document), { preview: false });
}

async function openClipboard(): Promise<void> {
  const content = await env.clipboard.readText();
  if (content.trim() === "") {
    void showInformation(l10n.t("The clipboard holds no text. Copy a goroutine dump and try again."));
    return;
  }
  await showDumpText(content);
}

/** Opens a text that is in no file as a dump. */
export async function showDumpText(content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language: languageId, content });
  await window.showTextDocument(document, { preview: false });
  return document;
}

import {
  ConfigurationTarget,
  env,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  type Uri,
  window,
  workspace,
} from "vscode";
import { Commands, Settings, settingsSection } from "../ids.ts";
import { fileName } from "../model/fileName.ts";
import { moduleVersion } from "../model/moduleVersion.ts";
import { deriveMapping, type SourceMapping, withFolderVariable, withMapping } from "../model/sourceMapping.ts";
import { withoutIcons } from "../model/withoutIcons.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";
import { showWarning } from "../util/messages.ts";

/** The command that adds to `goroutineDump.sourceMap`: asks for a path of a dump, then for the folder here. */
export function registerPathMapping(services: Services): void {
  registerCommand(services, Commands.addPathMapping, addFolderMapping);
}

/**
 * Tells that a file of a dump was not found and where it was looked for, in a list that stays until it is answered, and
 * offers to show where the file is. Gives the file the user chose for it; undefined when there is none.
 */
export async function explainNotFound(file: string, tried: readonly string[]): Promise<Uri | undefined> {
  const choose = { label: l10n.t("Add Path Mapping..."), detail: l10n.t("Show the file here; the rest follows.") };
  const download = downloadItem(file);
  const actions = download === undefined ? [choose] : [choose, download];
  const lookedIn = { label: l10n.t("Looked for it"), kind: QuickPickItemKind.Separator };
  const answer = await window.showQuickPick<QuickPickItem>(
    [...actions, ...(tried.length === 0 ? [] : [lookedIn]), ...tried.map((label) => ({ label: withoutIcons(label) }))],
    { title: l10n.t("{0} was not found on this machine", fileName(file)), placeHolder: file, ignoreFocusOut: true },
  );
  if (answer === choose) return addFileMapping(file);
  if (answer !== undefined && answer === download) await env.clipboard.writeText(download.command);
  return undefined;
}

/** A file of a module's version can be fetched with Go: the command goes to the clipboard, for the user to run. */
function downloadItem(file: string): (QuickPickItem & { readonly command: string }) | undefined {
  const version = moduleVersion(file);
  if (version === undefined) return undefined;
  const command = `go mod download ${version}`;
  return { label: l10n.t("Copy: {0}", command), detail: l10n.t("Puts the module into Go's module cache."), command };
}

/** Lets the user show one file, and maps what its path and the dump's do not share. */
async function addFileMapping(file: string): Promise<Uri | undefined> {
  const [chosen] =
    (await window.showOpenDialog({
      title: l10n.t("Where is {0}?", file),
      openLabel: l10n.t("Use This File"),
      ...startFolder(),
    })) ?? [];
  if (chosen === undefined) {
    return undefined;
  }
  const mapping = deriveMapping(file, pathOf(chosen));
  if (mapping === undefined) {
    void showWarning(l10n.t("The dump's file is named {0}: choose a file of that name.", fileName(file)));
    return undefined;
  }
  await saveMapping(mapping);
  return chosen;
}

async function addFolderMapping(): Promise<void> {
  const from = await window.showInputBox({
    title: l10n.t("Add Path Mapping"),
    prompt: l10n.t("The beginning of paths as the dump has them, e.g. {0}", "/build/src/exchange"),
  });
  if (from === undefined || from.trim() === "") {
    return;
  }
  const [to] =
    (await window.showOpenDialog({
      title: l10n.t("Where is {0}?", from),
      openLabel: l10n.t("Use This Folder"),
      canSelectFolders: true,
      canSelectFiles: false,
      ...startFolder(),
    })) ?? [];
  if (to !== undefined) {
    await saveMapping({ from: from.trim(), to: pathOf(to) });
  }
}

function startFolder(): { readonly defaultUri?: Uri } {
  const first = workspace.workspaceFolders?.[0];
  return first === undefined ? {} : { defaultUri: first.uri };
}

/** Into the workspace's settings where they count: with a workspace, and only when it is trusted. */
async function saveMapping(mapping: SourceMapping): Promise<void> {
  const settings = workspace.getConfiguration(settingsSection);
  const saved = settings.inspect<readonly SourceMapping[]>(Settings.sourceMap);
  const inWorkspace = workspace.workspaceFolders !== undefined && workspace.isTrusted;
  const folders = (workspace.workspaceFolders ?? []).map(({ name, uri }) => ({ name, path: pathOf(uri) }));
  const entry = inWorkspace ? { from: mapping.from, to: withFolderVariable(mapping.to, folders) } : mapping;
  await settings.update(
    Settings.sourceMap,
    withMapping((inWorkspace ? saved?.workspaceValue : saved?.globalValue) ?? [], entry),
    inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
  );
}

/** A path on this machine's disk; elsewhere the whole address, which the setting takes too. Always with slashes. */
function pathOf(uri: Uri): string {
  return uri.scheme === "file" ? uri.fsPath.replaceAll("\\", "/") : uri.toString();
}

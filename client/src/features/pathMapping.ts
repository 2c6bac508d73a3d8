import { ConfigurationTarget, l10n, type LogOutputChannel, type Uri, window, workspace } from "vscode";
import { Commands, Settings, settingsSection } from "../ids.ts";
import { fileName } from "../model/fileName.ts";
import { deriveMapping, type SourceMapping, withFolderVariable, withMapping } from "../model/sourceMapping.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";
import { plainMessage, showWarning } from "../util/messages.ts";
import { getAction } from "./getSource.ts";

/** The command that adds to `goroutineDump.sourceMap`: asks for a path of a dump, then for the folder here. */
export function registerPathMapping(services: Services): void {
  registerCommand(services, Commands.addPathMapping, () => addFolderMapping());
}

/**
 * Tells that a file of a dump was not found, in a notification that leaves the editor as it is, and offers to find it. Where
 * it was looked for is in the log. `get`: the command that brings it; null: there is none. Gives the file the user chose for it; undefined when there is none.
 */
export async function explainNotFound(
  log: LogOutputChannel,
  file: string,
  tried: readonly string[],
  get: string | null,
): Promise<Uri | undefined> {
  const details = [l10n.t("{0} was not found on this machine", file), ...tried];
  // What a dump says is to be no line of its own in the log.
  log.info(details.map((sentence) => plainMessage(sentence).replaceAll("\n", " ")).join("\n  "));
  const [find, map] = [l10n.t("Find File..."), l10n.t("Map Folder...")];
  const name = fileName(file);
  const told = l10n.t("{0} was not found on this machine. The log says where it was looked for.", name);
  const action = get === null ? undefined : getAction(get);
  const answer = await (get === null || action === undefined
    ? showWarning(told, find, map)
    : showWarning(l10n.t("{0} To get it: {1}", told, get), find, map, action.label));
  if (answer === find) return addFileMapping(file);
  if (answer === map) await addFolderMapping(folderOf(file));
  if (answer === action?.label) await action?.run();
  return undefined;
}

function folderOf(file: string): string {
  return file.replace(/[\\/][^\\/]*$/, "");
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

/** `proposed`: what stands in the box at first. */
async function addFolderMapping(proposed = ""): Promise<void> {
  const from = await window.showInputBox({
    title: l10n.t("Add Path Mapping"),
    value: proposed,
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

import { ConfigurationTarget, l10n, type Uri, window, workspace } from "vscode";
import { Commands, Settings, settingsSection } from "../ids.ts";
import { deriveMapping, type SourceMapping, withFolderVariable, withMapping } from "../model/sourceMapping.ts";
import { notFoundText } from "../model/notFoundText.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";

/** The command that adds to `goroutineDump.sourceMap`: asks for a path of a dump, then for the folder here. */
export function registerPathMapping(services: Services): void {
  registerCommand(services, Commands.addPathMapping, addFolderMapping);
}

/**
 * Tells that a file of a dump was not found and what was tried, and offers to add a mapping. Gives the file the user
 * chose for it; undefined when there is none.
 */
export async function explainNotFound(
  { log }: Services,
  file: string,
  tried: readonly string[],
): Promise<Uri | undefined> {
  log.info(["Not found:", file, "Tried:", ...tried].join("\n  "));
  const add = l10n.t("Add Path Mapping...");
  const show = l10n.t("Show Log");
  const answer = await window.showWarningMessage(notFoundText(file, tried, l10n), add, show);
  if (answer === show) {
    log.show();
  }
  return answer === add ? addFileMapping(file) : undefined;
}

/** Lets the user show one file, and maps what its path and the dump's do not share. */
async function addFileMapping(file: string): Promise<Uri | undefined> {
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
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
    void window.showWarningMessage(l10n.t("The dump's file is named {0}: choose a file of that name.", name));
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

import { commands, window, workspace } from "vscode";
import { focusCommand, Memory, Settings, settingsSection, Views } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { inBackground } from "../../util/failures.ts";
import type { GoroutinesView } from "./goroutinesView.ts";

/**
 * Brings the view to the front when the first dump of a workspace is opened, once and for all: whoever has seen it knows
 * where it is. The focus stays in the editor.
 */
export function openAtFirstDump({ context, log, activeDump }: Services, view: GoroutinesView): void {
  const open = async (): Promise<void> => {
    const isWanted = workspace.getConfiguration(settingsSection).get<boolean>(Settings.openAtFirstDump, true);
    if (!isWanted || activeDump.cursor === undefined || context.workspaceState.get(Memory.viewOpened, false)) return;
    await context.workspaceState.update(Memory.viewOpened, true);
    if (!view.visible) await commands.executeCommand(focusCommand(Views.goroutines), { preserveFocus: true });
  };
  const openSoon = (): void => void inBackground(log, open);
  context.subscriptions.push(activeDump.onDidChange(openSoon), window.onDidChangeActiveTextEditor(openSoon));
  openSoon();
}

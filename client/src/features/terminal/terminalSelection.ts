import { commands, env, l10n } from "vscode";
import { Commands } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { showDumpText } from "../openDump.ts";
import { showInformation } from "../../util/messages.ts";

/** Opens what is selected in the terminal as a dump. */
export function registerTerminalSelection(services: Services): void {
  registerCommand(services, Commands.openTerminalSelection, async () => {
    const text = await terminalSelection();
    if (text.trim() === "") {
      void showInformation(l10n.t("Select the goroutine dump in the terminal and try again."));
    } else {
      await showDumpText(text);
    }
  });
}

/** Extensions can read a terminal's selection through the clipboard only; what was there is put back. */
async function terminalSelection(): Promise<string> {
  const before = await env.clipboard.readText();
  try {
    await env.clipboard.writeText("");
    await commands.executeCommand("workbench.action.terminal.copySelection");
    return await env.clipboard.readText();
  } finally {
    await env.clipboard.writeText(before);
  }
}

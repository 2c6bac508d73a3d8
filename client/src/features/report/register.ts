import { l10n, type Uri } from "vscode";
import { Commands } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import type { ShownComparison } from "../changes/comparison.ts";
import { ReportPanel } from "./reportPanel.ts";
import { saveReport } from "./saveReport.ts";
import { readReportScript } from "./reportScript.ts";
import { showInformation } from "../../util/messages.ts";

/** The visual report of a dump: a panel beside it, and a file to hand on. */
export function registerReport(services: Services, comparison: ShownComparison): void {
  const panels = new Map<string, ReportPanel>();
  services.context.subscriptions.push({ dispose: () => panels.forEach((panel) => panel.dispose()) });

  registerCommand(services, Commands.openReport, async () => {
    const dump = activeDump(services);
    if (dump === undefined) return;
    const key = dump.toString();
    const known = panels.get(key);
    if (known !== undefined) return known.reveal();
    const panel = new ReportPanel(services, comparison, dump, await readReportScript(services));
    panels.set(key, panel);
    panel.onDidDispose(() => panels.delete(key));
  });
  registerCommand(services, Commands.exportReport, async () => {
    const dump = activeDump(services);
    if (dump !== undefined) await saveReport(services, dump, { index: 0, filter: "" });
  });
}

function activeDump({ activeDump: active }: Services): Uri | undefined {
  if (active.uri === undefined) {
    void showInformation(l10n.t("Open a goroutine dump first."));
  }
  return active.uri;
}

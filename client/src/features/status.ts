import { l10n, type StatusBarItem, StatusBarAlignment, window } from "vscode";
import { Views } from "../ids.ts";
import { statusText } from "../model/statusText.ts";
import type { Services } from "../services.ts";
import { inBackground } from "../util/failures.ts";

/** Totals of the active dump in the status bar; a click shows the tree. */
export function registerStatus({ context, log, server, activeDump }: Services): void {
  const item = window.createStatusBarItem("totals", StatusBarAlignment.Left);
  item.name = l10n.t("Goroutine Dump");
  // The editor makes this command for every view.
  item.command = `${Views.goroutines}.focus`;

  let latest = 0;
  const update = async (): Promise<void> => {
    const own = ++latest;
    const uri = activeDump.uri?.toString();
    const summary = uri === undefined ? undefined : await server.request("summary", { uri });
    if (own === latest) {
      show(item, summary === undefined ? undefined : statusText(summary, l10n));
    }
  };
  const updateSoon = (): void => void inBackground(log, update);
  context.subscriptions.push(
    item,
    activeDump.onDidChange(updateSoon),
    server.onDidChangeDump((uri) => {
      if (uri === activeDump.uri?.toString()) {
        updateSoon();
      }
    }),
  );
  updateSoon();
}

function show(item: StatusBarItem, status: ReturnType<typeof statusText>): void {
  if (status === undefined) {
    item.hide();
    return;
  }
  item.text = status.text;
  item.tooltip = status.tooltip;
  item.accessibilityInformation = { label: status.speech };
  item.show();
}

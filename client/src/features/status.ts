import { l10n, type StatusBarItem, StatusBarAlignment, window } from "vscode";
import { focusCommand, Views } from "../ids.ts";
import type { ActiveDump } from "../activeDump.ts";
import { fileName } from "../model/fileName.ts";
import { type ShownFile, statusText } from "../model/statusText.ts";
import type { Services } from "../services.ts";
import { fileBehind } from "./fileBehind.ts";
import { inBackground } from "../util/failures.ts";

/** Totals of the active dump in the status bar; a click shows the tree. */
export function registerStatus({ context, log, server, activeDump }: Services): void {
  const item = window.createStatusBarItem("totals", StatusBarAlignment.Left);
  item.name = l10n.t("Goroutine Dump");
  item.command = focusCommand(Views.goroutines);

  let latest = 0;
  const update = async (): Promise<void> => {
    const own = ++latest;
    const uri = activeDump.uri?.toString();
    const summary = uri === undefined ? undefined : await server.request("summary", { uri });
    if (own === latest) {
      show(item, summary === undefined ? undefined : statusText(summary, shownFile(activeDump), l10n));
    }
  };
  const updateSoon = (): void => void inBackground(log, update);
  context.subscriptions.push(
    item,
    activeDump.onDidChange(updateSoon),
    window.onDidChangeActiveTextEditor(updateSoon),
    server.onDidChangeDump((uri) => {
      if (uri === activeDump.uri?.toString()) {
        updateSoon();
      }
    }),
  );
  updateSoon();
}

/** The dump's file, and whether it is the one in front: what is in front is not always what the totals are of. */
function shownFile({ uri }: ActiveDump): ShownFile {
  const front = window.activeTextEditor?.document.uri.toString();
  return { name: uri === undefined ? "" : fileName(fileBehind(uri).path), isInFront: front === uri?.toString() };
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

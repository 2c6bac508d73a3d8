import { l10n, type QuickPickItem, StatusBarAlignment, window } from "vscode";
import type { RevisionsResult } from "../../../../server/src/protocol/index.ts";
import { rememberRevision } from "../../chosenRevisions.ts";
import { Commands } from "../../ids.ts";
import { withoutIcons } from "../../model/withoutIcons.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { inBackground } from "../../util/failures.ts";
import { showInformation } from "../../util/messages.ts";

/** Names the revision that the active dump is of, where the source has gone on since, and lets the user choose another. */
export function registerRevisionStatus(services: Services): void {
  const { context, log, server, activeDump } = services;
  const item = window.createStatusBarItem("revision", StatusBarAlignment.Left);
  item.name = l10n.t("Source of the Goroutine Dump");
  item.command = Commands.chooseRevision;

  let latest = 0;
  const update = async (): Promise<void> => {
    const own = ++latest;
    const uri = activeDump.uri?.toString();
    const revisions = uri === undefined ? undefined : await server.request("revisions", { uri });
    if (own !== latest) return;
    const message = revisions?.message ?? null;
    if (revisions === undefined || message === null) return item.hide();
    const name = revisions.current ?? l10n.t("no revision fits");
    item.text = `$(git-commit) ${withoutIcons(name)}`;
    item.tooltip = l10n.t("{0} Click to choose another revision.", message);
    item.accessibilityInformation = { label: l10n.t("Source of the dump: {0}", name) };
    item.show();
  };
  const updateSoon = (): void => void inBackground(log, update);
  context.subscriptions.push(
    item,
    activeDump.onDidChange(updateSoon),
    server.onDidChangeDump((uri) => {
      if (uri === activeDump.uri?.toString()) updateSoon();
    }),
  );
  registerCommand(services, Commands.chooseRevision, async () => {
    const uri = activeDump.uri?.toString();
    if (uri === undefined) return;
    const revisions = await server.request("revisions", { uri });
    if (revisions.message === null) {
      void showInformation(l10n.t("The source fits as it is, or no history of it is known."));
      return;
    }
    const revision = await pick(revisions);
    if (revision === undefined) return;
    await rememberRevision(context, uri, revision);
    await server.request("chooseRevision", { uri, revision });
    await update();
  });
  updateSoon();
}

interface RevisionItem extends QuickPickItem {
  readonly revision: string | null;
}

/** Null: the revision is to be found out; undefined: nothing was chosen. */
async function pick({ message, chosen, offered }: RevisionsResult): Promise<string | null | undefined> {
  const found: RevisionItem = { label: l10n.t("Find it out"), detail: message ?? "", revision: null };
  const items = offered.map(({ name, isFitting }): RevisionItem => {
    const notes = [...(isFitting ? [l10n.t("fits all frames")] : []), ...(name === chosen ? [l10n.t("chosen")] : [])];
    return { label: withoutIcons(name), description: notes.join(", "), revision: name };
  });
  const picked = await window.showQuickPick([found, ...items], {
    title: l10n.t("Which revision was the program built from?"),
    placeHolder: l10n.t("The answer is remembered for this workspace"),
  });
  return picked?.revision;
}

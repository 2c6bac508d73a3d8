import { l10n, type TreeItem, Uri, window } from "vscode";
import type { DumpRef } from "../../../../server/src/protocol/index.ts";
import { Commands, Views } from "../../ids.ts";
import type { ChangesNode } from "../../model/changesTree.ts";
import { fileName } from "../../model/fileName.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { openFrame } from "../openSource.ts";
import { ChangesDocument } from "./changesDocument.ts";
import { ChangesView } from "./changesView.ts";
import { ChartPanel } from "./chartPanel.ts";
import { chooseDumps } from "./chooseDumps.ts";
import { ShownComparison } from "./comparison.ts";
import { showInformation } from "../../util/messages.ts";

/** What other features feed and open. */
export interface Changes {
  readonly comparison: ShownComparison;
  readonly chart: ChartPanel;
}

/** What dumps show together: the view "Changes", the growth chart and the text. Returns what the capture feature feeds. */
export function registerChanges(services: Services): Changes {
  const comparison = new ShownComparison(services);
  const chart = new ChartPanel(services, comparison);
  const text = new ChangesDocument(comparison);
  // Its welcome is all that it shows.
  const noTree = { getChildren: () => [], getTreeItem: (none: TreeItem) => none };
  const noChanges = window.createTreeView(Views.noChanges, { treeDataProvider: noTree });
  services.context.subscriptions.push(comparison, chart, text, new ChangesView(comparison), noChanges);

  registerCommand(services, Commands.compare, (clicked?: Uri, selected?: readonly Uri[]) =>
    compare(comparison, "series", clicked, selected),
  );
  registerCommand(services, Commands.compareFleet, (clicked?: Uri, selected?: readonly Uri[]) =>
    compare(comparison, "fleet", clicked, selected),
  );
  registerCommand(services, Commands.compareWithin, async () => {
    const uri = services.activeDump.uri;
    if (uri !== undefined) {
      await compareDumps(comparison, "series", [{ uri: uri.toString(), index: null }], fileName(uri.path));
    }
  });
  registerCommand(services, Commands.openChart, async () => chart.open());
  registerCommand(services, Commands.openChanges, () => text.open());
  registerCommand(services, Commands.clearChanges, async () => comparison.clear());
  registerCommand(services, Commands.showMoreChanges, () => comparison.showMore());
  registerCommand(services, Commands.moveDumpUp, ({ index }: ChangesNode) => comparison.move(index, -1));
  registerCommand(services, Commands.moveDumpDown, ({ index }: ChangesNode) => comparison.move(index, 1));
  registerCommand(services, Commands.removeDump, ({ index }: ChangesNode) => comparison.remove(index));
  registerCommand(services, Commands.openChangedSource, async ({ frame, dump }: ChangesNode) => {
    if (frame !== null && dump !== null) {
      await openFrame(services, Uri.parse(dump), frame);
    }
  });
  return { comparison, chart };
}

async function compare(
  comparison: ShownComparison,
  kind: "series" | "fleet",
  clicked: Uri | undefined,
  selected: readonly Uri[] = [],
): Promise<void> {
  const dumps = await chooseDumps(clicked, selected);
  if (dumps === undefined) {
    return;
  }
  if (dumps.length === 0) {
    void showInformation(l10n.t("There is no file here whose name says that it is a goroutine dump."));
    return;
  }
  const many = kind === "fleet" ? l10n.t("{0} hosts", dumps.length) : l10n.t("{0} files", dumps.length);
  const [first, ...others] = dumps;
  await compareDumps(comparison, kind, dumps, first && others.length === 0 ? fileName(first.uri) : many);
}

async function compareDumps(
  comparison: ShownComparison,
  kind: "series" | "fleet",
  dumps: readonly DumpRef[],
  title: string,
): Promise<void> {
  await comparison.show({ dumps, kind, sortByTime: true }, { title });
  await comparison.reveal();
  if ((comparison.shown?.result.dumps.length ?? 0) < 2) {
    void showInformation(l10n.t("To see what changes, compare two dumps or more."));
  }
}

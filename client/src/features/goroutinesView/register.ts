import { l10n, type Position, window, workspace } from "vscode";
import type { Place, TreeNode } from "../../../../server/src/protocol/index.ts";
import { Commands, groupByCommands, groupings, Settings, settingsSection } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { inBackground } from "../../util/failures.ts";
import { dimTreeItems } from "./dimming.ts";
import { registerFindings } from "./findings.ts";
import { GoroutinesView } from "./goroutinesView.ts";
import { openAtFirstDump } from "./openAtFirstDump.ts";
import { ViewState } from "./viewState.ts";
import { showInformation } from "../../util/messages.ts";

/** The tree of goroutines, and the commands that change what it shows. Gives the view to the features that use it. */
export function registerGoroutinesView(services: Services): GoroutinesView {
  const state = new ViewState(services.context.workspaceState);
  const view = new GoroutinesView(services, state);
  services.context.subscriptions.push(view, dimTreeItems());

  registerCommand(services, Commands.filter, () => askForFilter(state));
  registerCommand(services, Commands.clearFilter, async () => {
    state.filter = "";
  });
  registerCommand(services, Commands.refresh, async () => view.refresh());
  registerCommand(services, Commands.showMore, (more: TreeNode) => view.showMore(more));
  for (const groupBy of groupings) {
    const [choose, chosen] = groupByCommands(groupBy);
    registerCommand(services, choose, () => state.setGroupBy(groupBy));
    registerCommand(services, chosen, async () => {});
  }
  registerCommand(services, Commands.revealInTree, (place?: Partial<Place>) => revealInTree(services, view, place));
  registerFindings(services, view);
  followCursor(services, view);
  openAtFirstDump(services, view);
  return view;
}

async function askForFilter(state: ViewState): Promise<void> {
  const filter = await window.showInputBox({
    title: l10n.t("Filter Goroutines"),
    prompt: l10n.t("Shows the goroutines whose stack, state or labels match. Empty shows all."),
    value: state.filter,
  });
  if (filter !== undefined) {
    state.filter = filter.trim();
  }
}

/** Reveals the place a code lens names; else, also where a menu passes something of its own, the one at the cursor. */
async function revealInTree({ activeDump }: Services, view: GoroutinesView, place?: Partial<Place>): Promise<void> {
  if (place?.uri !== undefined && place.range !== undefined) activeDump.show(place.uri);
  const cursor = place?.range?.start ?? activeDump.cursor;
  const node = cursor === undefined ? undefined : await view.nodeAt(cursor);
  if (node === undefined) {
    void showInformation(l10n.t("The cursor is in no goroutine that the tree shows."));
  } else {
    await view.reveal(node, { focus: true });
  }
}

/** Selects the goroutine at the cursor in the tree, if the user wants that and the tree is in sight. */
function followCursor({ context, log, activeDump }: Services, view: GoroutinesView): void {
  let latest = 0;
  const follow = async (cursor: Position): Promise<void> => {
    const own = ++latest;
    const node = await view.nodeAt(cursor);
    if (own === latest && node !== undefined && view.visible) {
      await view.reveal(node, { focus: false });
    }
  };
  context.subscriptions.push(
    window.onDidChangeTextEditorSelection(() => {
      const wanted = workspace.getConfiguration(settingsSection).get<boolean>(Settings.followCursor, true);
      const cursor = activeDump.cursor;
      if (wanted && view.visible && cursor !== undefined) {
        void inBackground(log, () => follow(cursor));
      }
    }),
  );
}

import { l10n, type Position, window, workspace } from "vscode";
import type { Place, TreeNode } from "../../../../server/src/protocol/index.ts";
import { Commands, groupings, InternalCommands, Settings, settingsSection } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { inBackground } from "../../util/failures.ts";
import { dimTreeItems } from "./dimming.ts";
import { chooseGrouping, chooseOrder } from "./chooseShape.ts";
import { openPlace } from "../navigation.ts";
import { openFilterBox } from "./filterBox.ts";
import { registerFindings } from "./findings.ts";
import { GoroutinesView } from "./goroutinesView.ts";
import { openAtFirstDump } from "./openAtFirstDump.ts";
import { ViewState } from "./viewState.ts";
import { showInformation } from "../../util/messages.ts";

/** The place that a row of the tree was last asked to show; undefined once the cursor is there. */
interface LookedAt {
  place: Place | undefined;
}

/** The tree of goroutines, and the commands that change what it shows. Gives the view to the features that use it. */
export function registerGoroutinesView(services: Services): GoroutinesView {
  const state = new ViewState(services.context.workspaceState);
  const view = new GoroutinesView(services, state);
  services.context.subscriptions.push(view, dimTreeItems());

  registerCommand(services, Commands.filter, async () => {
    services.context.subscriptions.push(openFilterBox(services, state));
  });
  registerCommand(services, Commands.clearFilter, () => state.setFilter(""));
  // Key bindings may name the grouping.
  registerCommand(services, Commands.groupBy, (wanted?: unknown) => {
    const named = groupings.find((one) => one === wanted);
    return named === undefined ? chooseGrouping(state) : state.setGroupBy(named);
  });
  registerCommand(services, Commands.sortBy, () => chooseOrder(state));
  registerCommand(services, Commands.refresh, async () => view.refresh());
  registerCommand(services, Commands.showMore, (more: TreeNode) => view.showMore(more));
  registerCommand(services, Commands.revealInTree, (place?: Partial<Place>) => revealInTree(services, view, place));
  registerFindings(services, view);
  const looked: LookedAt = { place: undefined };
  registerCommand(services, InternalCommands.lookAtPlace, async (place: Place) => {
    looked.place = place;
    await openPlace(place, { preserveFocus: true });
  });
  followCursor(services, view, looked);
  openAtFirstDump(services, view);
  return view;
}

/** Reveals the place a code lens names; else, also where a menu passes something of its own, the one at the cursor. */
async function revealInTree({ activeDump }: Services, view: GoroutinesView, place?: Partial<Place>): Promise<void> {
  if (place?.uri !== undefined && place.range !== undefined) activeDump.show(place.uri);
  const cursor = place?.range?.start ?? activeDump.cursor;
  // A lens is about all goroutines of a group, the cursor about one.
  const target = place?.range === undefined ? "place" : "group";
  const node = cursor === undefined ? undefined : await view.nodeAt(cursor, target);
  if (node === undefined) {
    void showInformation(l10n.t("The cursor is in no goroutine that the tree shows."));
  } else {
    await view.reveal(node, { focus: true });
  }
}

/** Whether the cursor is where a row of the tree has just put it: that row stays selected. */
function isPutBy(looked: LookedAt, cursor: Position): boolean {
  const start = looked.place?.range.start;
  looked.place = undefined;
  return start !== undefined && start.line === cursor.line && start.character === cursor.character;
}

/** Selects the goroutine at the cursor in the tree, if the user wants that and the tree is in sight. */
function followCursor({ context, log, activeDump }: Services, view: GoroutinesView, looked: LookedAt): void {
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
      if (cursor !== undefined && isPutBy(looked, cursor)) return;
      if (wanted && view.visible && cursor !== undefined) {
        void inBackground(log, () => follow(cursor));
      }
    }),
  );
}

import { type Position, window } from "vscode";
import type { FindingAtParams, Place } from "../../../../server/src/protocol/index.ts";
import { Commands, InternalCommands } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { openPlace } from "../navigation.ts";
import type { GoroutinesView } from "./goroutinesView.ts";

type Direction = FindingAtParams["direction"];

/** Ways from finding to finding: by key through the dump, and from a lens to the tree. */
export function registerFindings(services: Services, view: GoroutinesView): void {
  const { activeDump } = services;
  registerCommand(services, Commands.nextFinding, () => goTo("next"));
  registerCommand(services, Commands.previousFinding, () => goTo("previous"));
  registerCommand(services, InternalCommands.revealFinding, async (place: Place) => {
    activeDump.show(place.uri);
    const found = await view.findingAt(place.range.start, "here");
    if (found?.node !== undefined) await view.reveal(found.node, { focus: true });
  });

  async function goTo(direction: Direction): Promise<void> {
    const found = await view.findingAt(cursorOf(activeDump.uri?.toString()), direction);
    if (found === undefined) return;
    // From the tree the focus stays there, so that the same key goes on.
    await openPlace(found.place, { preserveFocus: activeDump.cursor === undefined });
    if (found.node !== undefined && view.visible) await view.reveal(found.node, { focus: false });
  }
}

/** Where the cursor is in the dump, also when another part of the window has the focus; else the dump's beginning. */
function cursorOf(dump: string | undefined): Pick<Position, "line" | "character"> {
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === dump);
  return editor?.selection.active ?? { line: 0, character: 0 };
}

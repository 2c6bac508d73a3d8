import { env, l10n } from "vscode";
import type { TreeNode } from "../../../server/src/protocol/index.ts";
import { Commands } from "../ids.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";
import type { GoroutinesView } from "./goroutinesView/goroutinesView.ts";
import { showInformation } from "../util/messages.ts";

/** Copies the text of a node: the one whose menu it is, or the one at the cursor. */
export function registerCopy(services: Services, view: GoroutinesView): void {
  registerCommand(services, Commands.copyStack, async (node?: TreeNode) => {
    const cursor = services.activeDump.cursor;
    const chosen = node ?? (cursor === undefined ? undefined : await view.nodeAt(cursor));
    const text = chosen === undefined ? undefined : await view.textOf(chosen);
    if (text === undefined) {
      void showInformation(l10n.t("There is no stack to copy here."));
    } else {
      await env.clipboard.writeText(text);
    }
  });
}

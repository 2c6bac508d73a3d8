import { commands, env, Uri, workspace } from "vscode";
import { Commands } from "../ids.ts";
import { rulePagePaths } from "../model/rulePagePaths.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";

/** Opens the page of a rule, which comes with the extension: no network is needed. In the reader's language, if it is there. */
export function registerRulePages(services: Services): void {
  registerCommand(services, Commands.openRulePage, async (rule: unknown) => {
    for (const path of rulePagePaths(rule, env.language)) {
      const page = Uri.joinPath(services.context.extensionUri, path);
      if (await isThere(page)) return void (await commands.executeCommand("markdown.showPreview", page));
    }
  });
}

async function isThere(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

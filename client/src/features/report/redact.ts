import { env, l10n, Uri, window, workspace } from "vscode";
import type { TreeNode } from "../../../../server/src/protocol/index.ts";
import { Commands } from "../../ids.ts";
import { redactedName, splitPaths } from "../../model/report/redaction.ts";
import { encodeText } from "../../runtime/encodeText.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import type { GoroutinesView } from "../goroutinesView/goroutinesView.ts";
import { showInformation } from "../../util/messages.ts";

/** Hands a dump on without addresses, ids, paths, hosts and labels: all of it, or the text of a row of the tree. */
export function registerRedaction(services: Services, view: GoroutinesView): void {
  registerCommand(services, Commands.copyRedacted, async (node?: TreeNode) => {
    const part = node === undefined ? null : ((await view.textOf(node, "text")) ?? null);
    const text = await redacted(services, part, []);
    if (text === undefined) return;
    await env.clipboard.writeText(text);
    window.setStatusBarMessage(l10n.t("Copied without addresses, ids, paths, hosts and label values."), 5000);
  });
  registerCommand(services, Commands.saveRedacted, async () => {
    const dump = services.activeDump.uri;
    const paths = await window.showInputBox({
      title: l10n.t("Save Redacted Dump"),
      prompt: l10n.t("Import paths of private packages to rename as well, separated by commas; may be left empty."),
      placeHolder: "git.corp.example/team/shop",
    });
    if (dump === undefined || paths === undefined) return;
    const text = await redacted(services, null, splitPaths(paths));
    if (text === undefined) return;
    const folder = dump.scheme === "file" ? Uri.joinPath(dump, "..") : workspace.workspaceFolders?.[0]?.uri;
    const target = await window.showSaveDialog({
      ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, redactedName(dump.path)) }),
      filters: { "Goroutine Dump": ["dump"] },
    });
    if (target === undefined) return;
    if (target.toString() === dump.toString())
      throw new Error(l10n.t("The dump itself stays as it is: choose another name."));
    await workspace.fs.writeFile(target, encodeText(text));
    await window.showTextDocument(target, { preview: false });
  });
}

async function redacted(
  { server, activeDump }: Services,
  text: string | null,
  privatePaths: readonly string[],
): Promise<string | undefined> {
  const uri = activeDump.uri?.toString();
  const result = uri === undefined ? null : await server.request("redact", { uri, text, privatePaths });
  if (result === null) void showInformation(l10n.t("There is no goroutine dump to redact."));
  return result?.text;
}

import { env, l10n, Uri, window, workspace } from "vscode";
import type { NodeTextParams, TreeNode } from "../../../server/src/protocol/index.ts";
import { Commands } from "../ids.ts";
import { fileName } from "../model/fileName.ts";
import { encodeText } from "../runtime/encodeText.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";
import type { GoroutinesView } from "./goroutinesView/goroutinesView.ts";
import { showInformation, showWarning } from "../util/messages.ts";

/**
 * Copies or saves nodes of the tree: all that are selected, when the one whose menu it is belongs to them; without a menu
 * the selected ones, or what is at the cursor.
 */
export function registerCopy(services: Services, view: GoroutinesView): void {
  const { activeDump } = services;
  registerCommand(services, Commands.copyStack, (node?: TreeNode, all?: TreeNode[]) => copy("text", node, all));
  registerCommand(services, Commands.copyAsMarkdown, (node?: TreeNode, all?: TreeNode[]) =>
    copy("markdown", node, all),
  );
  registerCommand(services, Commands.saveAsDump, async (node?: TreeNode, all?: TreeNode[]) => {
    const text = await textOf("dump", "\n", node, all);
    if (text !== undefined) await save(text, activeDump.uri);
  });

  async function copy(format: NodeTextParams["format"], node?: TreeNode, all?: TreeNode[]): Promise<void> {
    const text = await textOf(format, "\n\n", node, all);
    if (text !== undefined) await env.clipboard.writeText(text);
  }

  async function textOf(
    format: NodeTextParams["format"],
    between: string,
    node?: TreeNode,
    all?: TreeNode[],
  ): Promise<string | undefined> {
    const texts: string[] = [];
    for (const each of await nodesOf(node, all)) {
      const text = await view.textOf(each, format);
      if (text !== undefined) texts.push(text);
    }
    if (texts.length > 0) return texts.join(between);
    void showInformation(l10n.t("There is no stack to copy here."));
    return undefined;
  }

  async function nodesOf(node?: TreeNode, all?: TreeNode[]): Promise<readonly TreeNode[]> {
    if (node !== undefined) return all?.includes(node) === true ? all : [node];
    if (activeDump.cursor === undefined) return view.selection;
    const here = await view.nodeAt(activeDump.cursor);
    return here === undefined ? [] : [here];
  }
}

/** Asks where, and opens what was saved. Never where the dump itself is. */
async function save(text: string, dump: Uri | undefined): Promise<void> {
  const name = `${fileName(dump?.path ?? "dump").replace(/\.[^.]*$/, "")}.selected.goroutines`;
  const folder = dump?.scheme === "file" ? Uri.joinPath(dump, "..") : workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    title: l10n.t("Save as Goroutine Dump"),
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  if (target.toString() === dump?.toString()) {
    void showWarning(l10n.t("This is the dump itself: choose another name."));
    return;
  }
  await workspace.fs.writeFile(target, encodeText(text));
  await window.showTextDocument(target, { preview: false });
}

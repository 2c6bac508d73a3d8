import { l10n, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, type Command } from "vscode";
import type { Place, TreeNode } from "../../../../server/src/protocol/index.ts";
import { Commands } from "../../ids.ts";
import { nodeClick, nodeContext, nodeIcon, nodeSpeech } from "../../model/nodeLook.ts";
import { dimmedUri } from "./dimming.ts";

/**
 * The editor's item of a node. Every text is plain: what a dump says is never read as markup.
 *
 * @param treeId tells this tree from others in which a node of another document has the same id.
 */
export function treeItem(node: TreeNode, treeId: string): TreeItem {
  const item = new TreeItem(node.label, collapsibleState(node));
  const icon = nodeIcon(node);
  item.id = `${treeId}#${node.id}`;
  item.description = node.description;
  item.tooltip = node.tooltip;
  item.contextValue = nodeContext(node);
  item.iconPath = new ThemeIcon(icon.id, icon.color === undefined ? undefined : new ThemeColor(icon.color));
  item.accessibilityInformation = { label: nodeSpeech(node, l10n) };
  const command = clickCommand(node);
  if (command !== undefined) {
    item.command = command;
  }
  if (node.dimmed) {
    item.resourceUri = dimmedUri;
  }
  return item;
}

/** What should be seen at once, findings and the dumps of a file, is open from the start. */
function collapsibleState(node: TreeNode): TreeItemCollapsibleState {
  if (!node.hasChildren || node.kind === "more") {
    return TreeItemCollapsibleState.None;
  }
  return node.kind === "findings" || node.kind === "dump"
    ? TreeItemCollapsibleState.Expanded
    : TreeItemCollapsibleState.Collapsed;
}

function clickCommand(node: TreeNode): Command | undefined {
  switch (nodeClick(node)) {
    case "openSource":
      return { command: Commands.openSource, title: l10n.t("Open Source"), arguments: [node] };
    case "showMore":
      return { command: Commands.showMore, title: l10n.t("Show More"), arguments: [node] };
    case "openInDump":
      return node.place === null ? undefined : openPlace(node.place);
    case "none":
      return undefined;
  }
}

/** The editor's own command: it knows a click, which keeps the focus in the tree, from Enter and a double click. */
function openPlace(place: Place): Command {
  const { line, character } = place.range.start;
  const selection = new Range(line, character, line, character);
  return { command: "vscode.open", title: l10n.t("Open in Dump"), arguments: [Uri.parse(place.uri), { selection }] };
}

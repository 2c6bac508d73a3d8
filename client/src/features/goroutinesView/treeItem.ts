import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type Command } from "vscode";
import type { Place, TreeNode } from "../../../../server/src/protocol/index.ts";
import { Commands, InternalCommands } from "../../ids.ts";
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
  if (icon !== undefined) {
    item.iconPath = new ThemeIcon(icon.id, icon.color === undefined ? undefined : new ThemeColor(icon.color));
  }
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
      return { command: Commands.openSource, title: l10n.t("Open Source"), arguments: [node, { keepFocus: true }] };
    case "showMore":
      return { command: Commands.showMore, title: l10n.t("Show More"), arguments: [node] };
    case "openInDump":
      return node.place === null ? undefined : lookAt(node.place);
    case "openRulePage":
      return { command: Commands.openRulePage, title: l10n.t("Explain This Finding"), arguments: [node.rule] };
    case "none":
      return undefined;
  }
}

/** The focus stays in the tree, also after Enter: the next key must not change the dump. */
function lookAt(place: Place): Command {
  return { command: InternalCommands.lookAtPlace, title: l10n.t("Open in Dump"), arguments: [place] };
}

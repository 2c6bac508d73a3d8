import {
  type Command,
  type Disposable,
  EventEmitter,
  l10n,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from "vscode";
import { Commands, Views } from "../../ids.ts";
import { type ChangesNode, changesTree } from "../../model/changesTree.ts";
import type { ShownComparison } from "./comparison.ts";

/** The view "Changes": what a comparison says, with counts side by side. */
export class ChangesView implements TreeDataProvider<ChangesNode>, Disposable {
  readonly #comparison: ShownComparison;
  readonly #view: TreeView<ChangesNode>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #subscriptions: readonly Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(comparison: ShownComparison) {
    this.#comparison = comparison;
    this.#view = window.createTreeView(Views.changes, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [this.#view, this.#changed, comparison.onDidChange(() => this.#update())];
  }

  getTreeItem(node: ChangesNode): TreeItem {
    return changesItem(node);
  }

  getChildren(parent?: ChangesNode): ChangesNode[] {
    const shown = this.#comparison.shown;
    return [...(parent?.children ?? (shown === undefined ? [] : changesTree(shown.result, l10n)))];
  }

  dispose(): void {
    for (const each of this.#subscriptions) {
      each.dispose();
    }
  }

  #update(): void {
    this.#view.description = this.#comparison.shown?.title ?? "";
    this.#changed.fire(undefined);
  }
}

/** The editor's item of a node: every text is plain. */
function changesItem(node: ChangesNode): TreeItem {
  const item = new TreeItem(node.label, collapsibleState(node));
  const { id, color } = node.icon;
  item.id = node.id;
  item.description = node.description;
  item.tooltip = node.tooltip;
  item.contextValue = contextOf(node);
  item.iconPath = new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
  item.accessibilityInformation = { label: node.speech };
  const command = clickCommand(node);
  if (command !== undefined) {
    item.command = command;
  }
  return item;
}

function contextOf({ kind, frame, place }: ChangesNode): string {
  return [kind, frame === null || frame.file === null ? "" : ".source", place === null ? "" : ".place"].join("");
}

function collapsibleState({ kind, children }: ChangesNode): TreeItemCollapsibleState {
  if (children.length === 0) {
    return TreeItemCollapsibleState.None;
  }
  return kind === "findings" ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** A finding or a frame opens its source; a stack or a dump its place in the dump. */
function clickCommand(node: ChangesNode): Command | undefined {
  if (node.kind === "more") {
    return { command: Commands.showMoreChanges, title: l10n.t("Show More") };
  }
  if ((node.kind === "finding" || node.kind === "frame") && node.frame !== null && node.dump !== null) {
    return { command: Commands.openChangedSource, title: l10n.t("Open Source"), arguments: [node] };
  }
  if (node.place === null) {
    return undefined;
  }
  const { start } = node.place.range;
  const selection = new Range(start.line, start.character, start.line, start.character);
  return {
    command: "vscode.open",
    title: l10n.t("Open in Dump"),
    arguments: [Uri.parse(node.place.uri), { selection }],
  };
}

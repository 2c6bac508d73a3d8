import {
  CancellationTokenSource,
  type Disposable,
  EventEmitter,
  l10n,
  type Position,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  Uri,
  window,
} from "vscode";
import type {
  FindingAtParams,
  NodePathParams,
  NodeTextParams,
  Place,
  TreeNode,
  TreeParams,
} from "../../../../server/src/protocol/index.ts";
import { Views } from "../../ids.ts";
import { DumpTree } from "../../model/dumpTree.ts";
import { fileName } from "../../model/fileName.ts";
import { fileBehind } from "../fileBehind.ts";
import { viewDescription, viewMessage } from "../../model/viewTexts.ts";
import { after } from "../../runtime/timer.ts";
import type { Services } from "../../services.ts";
import { inBackground } from "../../util/failures.ts";
import { treeItem } from "./treeItem.ts";
import type { ViewState } from "./viewState.ts";

/** Milliseconds that the top of a tree may take before the view says that it is being read. */
const patience = 400;

/** Whether an answer comes before one wonders. */
function isSoon(answer: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = after(patience, () => resolve(false));
    void answer.then(() => {
      timer.dispose();
      resolve(true);
    });
  });
}

/** A tree with what it takes to ask for it. It is replaced, never changed, when any of that changes. */
interface ShownTree {
  readonly id: string;
  readonly params: Omit<TreeParams, "parent">;
  readonly tree: DumpTree;
  readonly cancellation: CancellationTokenSource;
}

/** The view "Goroutines": shows the active dump as the view state wants it. Answers for a replaced tree are dropped. */
export class GoroutinesView implements TreeDataProvider<TreeNode>, Disposable {
  readonly #services: Services;
  readonly #state: ViewState;
  readonly #view: TreeView<TreeNode>;
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly #subscriptions: readonly Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;
  #shown: ShownTree | undefined;

  constructor(services: Services, state: ViewState) {
    this.#services = services;
    this.#state = state;
    this.#view = window.createTreeView(Views.goroutines, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      services.activeDump.onDidChange(() => this.refresh()),
      services.server.onDidChangeDump((uri) => this.#refreshIfShown(uri)),
      state.onDidChange(() => this.refresh()),
    ];
    this.refresh();
  }

  /** Whether the user sees the tree at the moment. */
  get visible(): boolean {
    return this.#view.visible;
  }

  /** Starts a new tree, for whatever is the active dump now. */
  refresh(): void {
    this.#shown?.cancellation.cancel();
    const uri = this.#services.activeDump.uri;
    this.#shown = uri === undefined ? undefined : this.#newTree(uri);
    this.#view.description =
      uri === undefined ? "" : viewDescription(fileName(fileBehind(uri).path), this.#state.groupBy, l10n);
    this.#showMessage();
    this.#changed.fire(undefined);
  }

  getTreeItem(node: TreeNode): TreeItem {
    return treeItem(node, this.#shown?.id ?? "");
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    const shown = this.#shown;
    if (shown === undefined) {
      return [];
    }
    const nodes = inBackground(this.#services.log, () => shown.tree.children(parent));
    if (parent === undefined && !(await isSoon(nodes))) {
      // Until the top is read nothing is shown rather than the rows of another dump.
      void nodes.then(() => shown === this.#shown && this.#changed.fire(undefined));
      if (shown === this.#shown) this.#view.message = l10n.t("Reading {0}...", fileName(shown.params.uri));
      return [];
    }
    const known = await nodes;
    if (shown !== this.#shown) return [];
    if (parent === undefined) this.#showMessage();
    return [...(known ?? [])];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#shown?.tree.parent(node);
  }

  /** Replaces a node of kind `more` by the next page. */
  async showMore(more: TreeNode): Promise<void> {
    const shown = this.#shown;
    await shown?.tree.showMore(more);
    if (shown !== undefined && shown === this.#shown) {
      this.#changed.fire(shown.tree.parent(more));
    }
  }

  /** The node of a position of the active dump, from now on part of the tree; undefined when the tree has none for it. */
  async nodeAt(
    { line, character }: Pick<Position, "line" | "character">,
    target: NodePathParams["target"] = "place",
  ): Promise<TreeNode | undefined> {
    const shown = this.#shown;
    if (shown === undefined) {
      return undefined;
    }
    const params = { ...shown.params, position: { line, character }, target };
    const { path } = await this.#services.server.request("nodePath", params, shown.cancellation.token);
    return this.#include(shown, path);
  }

  /** Makes a path part of the tree and gives its last node; undefined when the tree was replaced meanwhile. */
  async #include(shown: ShownTree, path: readonly TreeNode[]): Promise<TreeNode | undefined> {
    const { target, grown } = await shown.tree.include(path);
    if (shown !== this.#shown) return undefined;
    for (const parent of grown) this.#changed.fire(parent);
    return target;
  }

  /** A finding of the active dump at or near a position, and its node where the tree shows it; undefined: there is none. */
  async findingAt(
    { line, character }: Pick<Position, "line" | "character">,
    direction: FindingAtParams["direction"],
  ): Promise<{ readonly place: Place; readonly node: TreeNode | undefined } | undefined> {
    const shown = this.#shown;
    if (shown === undefined) return undefined;
    const params = { ...shown.params, position: { line, character }, direction };
    const found = await this.#services.server.request("findingAt", params, shown.cancellation.token);
    return found === null ? undefined : { place: found.place, node: await this.#include(shown, found.path) };
  }

  /** What the user has selected in the tree. */
  get selection(): readonly TreeNode[] {
    return this.#view.selection;
  }

  /** Selects a node that {@link nodeAt} gave. */
  async reveal(node: TreeNode, options: { readonly focus: boolean }): Promise<void> {
    await this.#view.reveal(node, { select: true, focus: options.focus });
  }

  /** The text of a node for the clipboard; undefined when it has none. */
  async textOf(node: TreeNode, format: NodeTextParams["format"]): Promise<string | undefined> {
    const shown = this.#shown;
    if (shown === undefined) {
      return undefined;
    }
    const result = await this.#services.server.request("nodeText", { ...shown.params, id: node.id, format });
    return result?.text;
  }

  dispose(): void {
    this.#shown?.cancellation.cancel();
    for (const each of this.#subscriptions) {
      each.dispose();
    }
  }

  #refreshIfShown(uri: string): void {
    // Compared as parsed: the server may have written the same address in another way.
    if (this.#shown !== undefined && Uri.parse(uri).toString() === this.#shown.params.uri) {
      this.refresh();
    }
  }

  #showMessage(): void {
    const shown = this.#shown;
    this.#view.message = shown === undefined ? "" : viewMessage(shown.params.filter, shown.tree.message, l10n);
  }

  #newTree(uri: Uri): ShownTree {
    const { groupBy, sortBy, filter } = this.#state;
    const params = { uri: uri.toString(), groupBy, sortBy, filter };
    const cancellation = new CancellationTokenSource();
    const { server } = this.#services;
    const tree = new DumpTree((parent) => server.request("tree", { ...params, parent }, cancellation.token));
    return { id: `${params.uri}#${groupBy}`, params, tree, cancellation };
  }
}

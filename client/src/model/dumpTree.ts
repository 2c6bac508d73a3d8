import type { TreeNode, TreeResult } from "../../../server/src/protocol/index.ts";

/** Asks the server for the children of a node, or with null for the top of the tree. */
export type FetchNodes = (parent: string | null) => Promise<TreeResult>;

/**
 * What has been fetched of the tree of one version of a document, with one grouping and filter. Each node is one object
 * for the life of the tree. Another version, grouping or filter is another `DumpTree`.
 */
export class DumpTree {
  readonly #fetch: FetchNodes;
  readonly #nodes = new Map<string, TreeNode>();
  readonly #parents = new Map<string, TreeNode | undefined>();
  readonly #children = new Map<string | null, Promise<TreeNode[]>>();
  #message: string | null = null;

  constructor(fetch: FetchNodes) {
    this.#fetch = fetch;
  }

  /** The sentence to show above the tree; null before the top was fetched, or when there is nothing to say. */
  get message(): string | null {
    return this.#message;
  }

  /** The node's children as far as their pages were asked for; undefined asks for the top. */
  children(parent: TreeNode | undefined): Promise<readonly TreeNode[]> {
    return this.#listOf(parent);
  }

  /** The node above; undefined for the top nodes and for nodes that are not of this tree. */
  parent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node.id);
  }

  /** Puts the next page in the place of a node of kind `more`. The list that grew is {@link parent} of that node. */
  async showMore(more: TreeNode): Promise<void> {
    const parent = this.parent(more);
    const list = await this.#listOf(parent);
    const page = await this.#fetch(more.id);
    const at = list.indexOf(more);
    if (at < 0) {
      return;
    }
    const known = new Set(list);
    const rest = page.nodes.map((node) => this.#adopt(node, parent)).filter((node) => !known.has(node));
    const behind = list.splice(at).slice(1);
    for (const node of [...rest, ...behind]) {
      list.push(node);
    }
  }

  /**
   * Makes a path from the top part of the tree, also where it leads to a page nobody asked for yet: such a node goes to
   * the end of the list as fetched so far. Gives the last node, and the parents whose lists grew.
   */
  async include(path: readonly TreeNode[]): Promise<{
    readonly target: TreeNode | undefined;
    readonly grown: readonly (TreeNode | undefined)[];
  }> {
    const grown: (TreeNode | undefined)[] = [];
    let parent: TreeNode | undefined;
    for (const step of path) {
      const list = await this.#listOf(parent);
      const node = this.#adopt(step, parent);
      if (!list.includes(node)) {
        const end = list.at(-1)?.kind === "more" ? list.length - 1 : list.length;
        list.splice(end, 0, node);
        grown.push(parent);
      }
      parent = node;
    }
    return { target: parent, grown };
  }

  #listOf(parent: TreeNode | undefined): Promise<TreeNode[]> {
    const key = parent?.id ?? null;
    const known = this.#children.get(key);
    if (known !== undefined) {
      return known;
    }
    const fetched = this.#fetchList(key, parent);
    this.#children.set(key, fetched);
    // A failed request is asked again the next time.
    fetched.catch(() => this.#children.delete(key));
    return fetched;
  }

  async #fetchList(key: string | null, parent: TreeNode | undefined): Promise<TreeNode[]> {
    const result = await this.#fetch(key);
    if (key === null) {
      this.#message = result.message;
    }
    return result.nodes.map((node) => this.#adopt(node, parent));
  }

  #adopt(node: TreeNode, parent: TreeNode | undefined): TreeNode {
    const known = this.#nodes.get(node.id);
    if (known !== undefined) {
      return known;
    }
    this.#nodes.set(node.id, node);
    this.#parents.set(node.id, parent);
    return node;
  }
}

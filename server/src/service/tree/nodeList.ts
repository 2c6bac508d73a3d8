import type { TreeNode } from "../../protocol/index.ts";

/** Nodes below one parent. Each is made when it is asked for: a list may have a million. */
export interface NodeList {
  readonly length: number;
  node(index: number): TreeNode;
}

/** A list that makes a node of each item. */
export function listOf<T>(items: ArrayLike<T>, toNode: (item: T, index: number) => TreeNode): NodeList {
  return { length: items.length, node: (index) => toNode(items[index]!, index) };
}

/** One list behind the other. */
export function concat(...lists: readonly NodeList[]): NodeList {
  return {
    length: lists.reduce((sum, { length }) => sum + length, 0),
    node: (index) => {
      let rest = index;
      for (const list of lists) {
        if (rest < list.length) return list.node(rest);
        rest -= list.length;
      }
      throw new RangeError(`There is no node ${index}.`);
    },
  };
}

import type { TreeNode } from "../../server/src/protocol/index.ts";

/** A node of the tree with nothing special about it but what is given. */
export function treeNode(id: string, given: Partial<TreeNode> = {}): TreeNode {
  return {
    id,
    kind: "group",
    label: id,
    description: "",
    tooltip: "",
    hasChildren: false,
    activity: null,
    certainty: null,
    dimmed: false,
    place: null,
    frame: null,
    rule: null,
    ...given,
  };
}

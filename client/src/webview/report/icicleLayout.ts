import { hierarchy, type HierarchyRectangularNode, partition } from "d3-hierarchy";
import type { CallNode } from "../../model/report/callTree.ts";

/** What the width of a call shows: its goroutines, or the distinct stacks they have. */
export type IcicleWidth = "goroutines" | "stacks";

/** A call with its place: `x0` to `x1` of the whole width, 0 to 1. */
export type PlacedCall = HierarchyRectangularNode<CallNode>;

/** Lays out a tree of calls, the root on top. A call keeps the part of its width that none of its children has. */
export function layOut(root: CallNode, width: IcicleWidth): PlacedCall {
  const tree = hierarchy(root, ({ children }) => [...children]);
  const valued = tree.each((node) => {
    // What d3's `sum` sets: it would add the children to the node's own number, which holds them already.
    (node as { value?: number }).value = Math.max(0, width === "goroutines" ? node.data.count : node.data.groups);
  });
  return partition<CallNode>().size([1, valued.height + 1])(valued);
}

import { type DumpReportPage, ORIGINS } from "../../../../server/src/protocol/index.ts";

/** A call of the tree that is shown: its goroutines are those whose stacks come through here. */
export interface CallNode {
  /** Number of the node in the report; 0 is the root. */
  readonly id: number;
  /** Number of the frame; -1 for the root. */
  readonly frame: number;
  /** Calls of one function directly within each other that it stands for. */
  readonly depth: number;
  readonly count: number;
  readonly groups: number;
  /** Index into the report's states; -1: unknown. */
  readonly state: number;
  /** Number of a finding; -1: none. */
  readonly finding: number;
  /** Most goroutines first. */
  readonly children: readonly CallNode[];
}

/**
 * The tree of a report. Without the runtime, its calls are left out at both ends: those that everything starts with, and
 * those that are merely how a goroutine waits.
 */
export function callTree({ tree, frames }: DumpReportPage, withRuntime: boolean): CallNode {
  const runtime = ORIGINS.indexOf("runtime");
  const isRuntime = tree.frame.map((frame) => frame >= 0 && frames.origin[frame] === runtime);
  const below = tree.parent.map((): CallNode[] => []);
  const node = (id: number): CallNode => ({
    id,
    frame: tree.frame[id] ?? -1,
    depth: tree.depth[id] ?? 1,
    count: tree.count[id] ?? 0,
    groups: tree.groups[id] ?? 0,
    state: tree.state[id] ?? -1,
    finding: tree.finding[id] ?? -1,
    children: (below[id] ?? []).sort((left, right) => right.count - left.count || left.id - right.id),
  });
  // Children come behind their parents: from the last to the first, every node's own children are complete.
  for (let id = tree.parent.length - 1; id > 0; id--) {
    const parent = tree.parent[id] ?? 0;
    const children = below[id] ?? [];
    const isHidden = !withRuntime && isRuntime[id] === true;
    if (isHidden && children.length === 0) continue;
    if (isHidden && parent === 0) for (const child of children) below[0]?.push(child);
    else below[parent]?.push(node(id));
  }
  return node(0);
}

/** Every node under `root`, itself included, parents first. */
export function* allNodes(root: CallNode): Generator<CallNode> {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--) open.push(node.children[index]!);
  }
}

/** The nodes from the root down to the one of that id; empty when there is none. */
export function pathTo(root: CallNode, id: number): readonly CallNode[] {
  const parents = new Map<CallNode, CallNode>();
  for (const node of allNodes(root)) {
    if (node.id === id) {
      const path = [node];
      for (let up = parents.get(node); up !== undefined; up = parents.get(up)) path.unshift(up);
      return path;
    }
    for (const child of node.children) parents.set(child, node);
  }
  return [];
}

/** Goroutines whose stacks have a call that fits, each counted once. */
export function countMatching(root: CallNode, matches: (node: CallNode) => boolean): number {
  let count = 0;
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (matches(node)) count += node.count;
    else for (const child of node.children) open.push(child);
  }
  return count;
}

import type { WaitEdge } from "../../../../server/src/protocol/index.ts";

/** The edges, at most some hundred, as people read a chain: from those for whom nobody waits, on to what ends it; circles last. */
export function alongChains(edges: readonly WaitEdge[]): readonly WaitEdge[] {
  const leaving = new Map<number, WaitEdge[]>();
  for (const edge of edges) leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge]);
  const entered = new Set(edges.map(({ to }) => to));
  const ordered = new Set<WaitEdge>();
  const starts = [...leaving.keys()].sort((left, right) => Number(entered.has(left)) - Number(entered.has(right)));
  const follow = (node: number): void => {
    for (const edge of leaving.get(node) ?? []) {
      if (ordered.has(edge)) continue;
      ordered.add(edge);
      follow(edge.to);
    }
  };
  starts.forEach(follow);
  return [...ordered];
}

import { Graph, layout } from "@dagrejs/dagre";
import type { WaitGraphPage } from "../../../../server/src/protocol/index.ts";

/** A node with its place: the middle of a box of that size. */
export interface PlacedNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  /** As the graph's nodes and edges are numbered. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly (readonly (readonly [x: number, y: number])[])[];
}

/** Lays out who waits for whom, from left to right: those who wait, locks, holders. */
export function layOutGraph(
  { nodes, edges }: WaitGraphPage,
  sizeOf: (node: number) => { readonly width: number; readonly height: number },
): PlacedGraph {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 36, marginx: 8, marginy: 8 });
  nodes.forEach((_, number) => graph.setNode(String(number), { ...sizeOf(number) }));
  edges.forEach(({ from, to }, number) => graph.setEdge(String(from), String(to), {}, String(number)));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: nodes.map((_, number) => {
      const { x = 0, y = 0, width: nodeWidth, height: nodeHeight } = graph.node(String(number));
      return { x, y, width: nodeWidth, height: nodeHeight };
    }),
    edges: edges.map(({ from, to }, number) => {
      const { points = [] } = graph.edge(String(from), String(to), String(number));
      return points.map(({ x, y }: { readonly x: number; readonly y: number }) => [x, y] as const);
    }),
  };
}

import { describe, expect, it } from "vitest";
import { Analysis } from "../../../server/src/core/analysis/analysis.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { LockReports } from "../../../server/src/core/locks/lockReports.ts";
import { type WaitGraph, waitGraph } from "../../../server/src/core/locks/waitGraph.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { DumpReader } from "../../../server/src/core/read/dumpReader.ts";
import { planReading, takeBlocks } from "../../../server/src/service/analysis/analyseDump.ts";
import { fixture } from "../../support/openText.ts";

function graphOf(text: string, { limit = 60, blame = false } = {}): WaitGraph {
  const bytes = new TextEncoder().encode(text);
  const reader = new DumpReader();
  reader.push(bytes);
  const plan = runToEnd(planReading(reader.end().dumps.map((dump) => ({ dump }))));
  const blocks = plan.spans.map(({ start, end }) => bytes.subarray(start, end));
  const [prepared] = takeBlocks(plan, blocks);
  const { traits, arguments: known } = prepared!;
  const analysis = new Analysis(traits, { ...DEFAULT_CONTEXT, arguments: known });
  const locks = runToEnd(LockReports.of(analysis));
  return waitGraph(analysis, locks, blame ? traits.groups.groups : [], limit);
}

/** `3 goroutines -> lock`: each edge in words; `!` marks the root, `o` what is in a circle, `?` a guess. */
function words({ nodes, edges }: WaitGraph): string[] {
  const name = (number: number): string => {
    const node = nodes[number]!;
    const mark = node.isRoot ? "!" : node.isInCircle ? "o" : "";
    if (node.kind === "lock") return `${mark}lock`;
    return node.kind === "event" ? `${mark}${node.group.state}` : `${mark}${node.count} goroutines`;
  };
  return edges.map(({ from, to, isGuess }) => `${name(from)} -> ${isGuess ? "?" : ""}${name(to)}`).sort();
}

const goroutine = (id: number, state: string, calls: string) => `goroutine ${id} [${state}]:\n${calls}\n`;
const leaf = (id: number) => goroutine(id, "chan receive", "main.wait()\n\t/src/main.go:7 +0x1");

function waiting(id: number, lock: number, place: number): string {
  const [address, line] = [`0xc0000${lock}0`, `/src/main.go:${place} +0x1`];
  const calls = [`sync.(*Mutex).Lock(${address})\n\t/go/src/sync/mutex.go:90 +0x1`, `main.f${place}()\n\t${line}`];
  return goroutine(id, "sync.Mutex.Lock", calls.join("\n"));
}

describe("the graph of who waits for whom", () => {
  it("goes from those who wait over the lock to its holder, the root, and what it is stuck in", () => {
    const graph = graphOf(fixture("workspaces/okx/deadlock.dump"));

    expect(words(graph)).toEqual(["!1 goroutines -> chan send", "3 goroutines -> lock", "lock -> !1 goroutines"]);
    expect(graph.left).toBe(0);
  });

  it("marks a circle, and nobody in it is a root", () => {
    const graph = graphOf(fixture("corpus/deadlock/abba-go1.27.debug2.txt"));

    expect(words(graph)).toEqual([
      "12 goroutines -> olock",
      "o1 goroutines -> olock",
      "o1 goroutines -> olock",
      "olock -> ?o1 goroutines",
      "olock -> ?o1 goroutines",
    ]);
    expect(graph.nodes.some(({ isRoot }) => isRoot)).toBe(false);
  });

  it("shows goroutines that findings name and that wait for something else, each place once", () => {
    const graph = graphOf([leaf(1), leaf(2), leaf(3)].join("\n"), { blame: true });

    expect(words(graph)).toEqual(["3 goroutines -> chan receive"]);
    expect(words(graphOf([leaf(1), leaf(2)].join("\n")))).toEqual([]);
  });

  it("stays within its limit and counts what it leaves out", () => {
    const places = Array.from({ length: 50 }, (_, index) =>
      goroutine(index + 1, "chan receive", `main.wait${index}()\n\t/src/main.go:${index + 1} +0x1`),
    );
    const graph = graphOf(places.join("\n"), { blame: true });

    expect(graph.nodes).toHaveLength(24);
    expect(graph.left).toBe(38);
    expect(graphOf(fixture("workspaces/okx/deadlock.dump"), { limit: 1 })).toMatchObject({ nodes: [], left: 1 });
  });

  it("shows no lock without some of those who wait for it, however many others wait for another", () => {
    const popular = Array.from({ length: 100 }, (_, index) => waiting(index + 1, 10, index + 1));
    const others = Array.from({ length: 60 }, (_, index) => waiting(index + 101, 11 + (index >> 1), index + 101));
    const { nodes, edges, left } = graphOf([...popular, ...others].join("\n"));

    const locks = nodes.flatMap(({ kind }, index) => (kind === "lock" ? [index] : []));
    expect(locks.length).toBeGreaterThan(10);
    expect(locks.filter((lock) => !edges.some(({ to }) => to === lock))).toEqual([]);
    expect(nodes.length).toBeLessThanOrEqual(60);
    expect(left).toBeGreaterThan(0);
  });
});

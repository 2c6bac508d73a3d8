import { describe, expect, it } from "vitest";
import { type CallTree, callTreeSteps } from "../../../server/src/core/group/callTree.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { analyse } from "../../support/analyse.ts";

/** A dump of stacks, innermost call first: `b:2 a:1` with a count. */
function dumpOf(...stacks: readonly (readonly [stack: string, count: number, state?: string])[]): Dump {
  let id = 0;
  const blocks = stacks.flatMap(([stack, count, state = "select"]) =>
    Array.from({ length: count }, () => {
      const calls = stack.split(" ").map((call) => {
        const [name, line] = call.split(":");
        return `main.${name}()\n\t/src/main.go:${line} +0x1`;
      });
      return `goroutine ${++id} [${state}]:\n${calls.join("\n")}\n`;
    }),
  );
  return analyse(blocks.join("\n")).dump;
}

function treeOf(dump: Dump, limit = 100, finding = -1): CallTree {
  const { groups } = groupGoroutines(dump, { byLabels: false });
  const parts = groups.map(({ stack, count, state }) => ({
    stack,
    count,
    state: state === "select" ? 0 : 1,
    finding: state === "select" ? -1 : finding,
  }));
  return runToEnd(callTreeSteps(dump, parts, limit));
}

/** `a:1 3` with those below it, two spaces deeper. */
function draw(dump: Dump, tree: CallTree): string[] {
  const { functions, frames } = dump;
  const depths: number[] = [];
  const lines: string[] = [];
  tree.frame.forEach((frame, node) => {
    depths[node] = node === 0 ? 0 : depths[tree.parent[node]!]! + 1;
    const name = frame < 0 ? "root" : functions[frames.function[frame]!]!.replace("main.", "");
    const line = frame < 0 ? "" : `:${frames.line[frame]}`;
    const repeated = tree.depth[node]! > 1 ? ` x${tree.depth[node]}` : "";
    lines.push(`${"  ".repeat(depths[node])}${name}${line}${repeated} ${tree.count[node]}/${tree.parts[node]}`);
  });
  return lines;
}

describe("the tree of calls", () => {
  it("begins with the outermost calls and counts goroutines and groups", () => {
    const dump = dumpOf(["c:3 a:1", 2], ["d:4 a:1", 1], ["e:5", 1]);

    expect(draw(dump, treeOf(dump))).toEqual(["root 4/3", "  a:1 3/2", "    c:3 2/1", "    d:4 1/1", "  e:5 1/1"]);
  });

  it("has one node for a function that calls itself, however deep", () => {
    const dump = dumpOf(["f:9 f:7 f:7 a:1", 1], ["f:9 f:7 a:1", 1], ["f:9 a:1", 1]);

    expect(draw(dump, treeOf(dump))).toEqual(["root 3/3", "  a:1 3/3", "    f:9 x3 3/3"]);
  });

  it("leaves out the smallest shares, children before their parents, and says how many", () => {
    const dump = dumpOf(["x:3 b:2 a:1", 6], ["y:4 b:2 a:1", 1], ["z:5 b:2 a:1", 1]);
    const tree = treeOf(dump, 4);

    expect(draw(dump, tree)).toEqual(["root 8/3", "  a:1 8/3", "    b:2 8/3", "      x:3 6/1"]);
    expect(tree.left).toBe(2);
    for (let limit = 1; limit < 8; limit++) {
      const { parent } = treeOf(dump, limit);
      expect(parent.length).toBe(Math.min(limit, 6));
      expect(parent.every((above, node) => above < node)).toBe(true);
    }
  });

  it("keeps what has many groups beside one that has nearly all goroutines", () => {
    const dump = dumpOf(["leak:9", 50], ["b:1 s:5", 1], ["c:1 s:5", 1], ["d:1 s:5", 1]);

    expect(draw(dump, treeOf(dump, 3))).toEqual(["root 53/4", "  leak:9 50/1", "  s:5 3/3"]);
  });

  it("says which state most goroutines of a call have, and the first finding about any", () => {
    const dump = dumpOf(["b:2 a:1", 2], ["c:3 a:1", 3, "chan send"]);
    const tree = treeOf(dump, 100, 7);

    // The group with most goroutines comes first.
    expect(draw(dump, tree)).toEqual(["root 5/2", "  a:1 5/2", "    c:3 3/1", "    b:2 2/1"]);
    expect(tree.state).toEqual([1, 1, 1, 0]);
    expect(tree.finding).toEqual([7, 7, 7, -1]);
  });

  it("is only a root where there is nothing", () => {
    const tree = runToEnd(callTreeSteps(dumpOf(["a:1", 1]), [], 10));

    expect(tree).toMatchObject({ parent: [-1], count: [0], state: [-1], left: 0 });
  });
});

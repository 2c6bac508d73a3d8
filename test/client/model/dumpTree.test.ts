import { describe, expect, it } from "vitest";
import { DumpTree } from "../../../client/src/model/dumpTree.ts";
import type { TreeNode, TreeResult } from "../../../server/src/protocol/index.ts";
import { treeNode } from "../../support/treeNodes.ts";

/** A server with these lists, by the parent's id ("" is the top), that counts what it is asked. */
function server(lists: Readonly<Record<string, readonly TreeNode[]>>, message: string | null = null) {
  const asked: string[] = [];
  const fetch = async (parent: string | null): Promise<TreeResult> => {
    asked.push(parent ?? "");
    return { nodes: lists[parent ?? ""] ?? [], message };
  };
  return { asked, tree: new DumpTree(fetch) };
}

const ids = (nodes: readonly TreeNode[]): string[] => nodes.map((node) => node.id);

describe("DumpTree", () => {
  it("asks for a list once, however often it is shown", async () => {
    const { asked, tree } = server({ "": [treeNode("a")] });

    const both = await Promise.all([tree.children(undefined), tree.children(undefined)]);

    expect(both.map(ids)).toEqual([["a"], ["a"]]);
    expect(asked).toEqual([""]);
  });

  it("knows the parent of every node it has shown", async () => {
    const a = treeNode("a", { hasChildren: true });
    const { tree } = server({ "": [a], a: [treeNode("a1")] });
    const [top] = await tree.children(undefined);
    const [below] = await tree.children(top);

    expect(below && tree.parent(below)).toBe(top);
    expect(top && tree.parent(top)).toBeUndefined();
    expect(tree.parent(treeNode("stranger"))).toBeUndefined();
  });

  it("puts the next page in the place of the node that stands for it", async () => {
    const more = treeNode("more", { kind: "more" });
    const { tree } = server({ "": [treeNode("a"), more], more: [treeNode("b"), treeNode("c")] });
    await tree.children(undefined);

    await tree.showMore(more);

    expect(ids(await tree.children(undefined))).toEqual(["a", "b", "c"]);
  });

  it("shows a page once when it is asked for twice", async () => {
    const more = treeNode("more", { kind: "more" });
    const { tree } = server({ "": [more], more: [treeNode("b")] });
    await tree.children(undefined);

    await Promise.all([tree.showMore(more), tree.showMore(more)]);

    expect(ids(await tree.children(undefined))).toEqual(["b"]);
  });

  it("includes a path to a page nobody asked for, and does not show the node twice when the page comes", async () => {
    const more = treeNode("more", { kind: "more" });
    const group = treeNode("g", { hasChildren: true });
    const { tree } = server({ "": [group], g: [treeNode("g1"), more], more: [treeNode("g2"), treeNode("g3")] });

    const { target, grown } = await tree.include([group, treeNode("g3")]);

    expect(target?.id).toBe("g3");
    expect(grown).toEqual([group]);
    expect(ids(await tree.children(group))).toEqual(["g1", "g3", "more"]);

    await tree.showMore(more);
    expect(ids(await tree.children(group))).toEqual(["g1", "g3", "g2"]);
  });

  it("gives the node it has already shown for a path, not the copy in the answer", async () => {
    const { tree } = server({ "": [treeNode("a")] });
    const [shown] = await tree.children(undefined);

    const { target, grown } = await tree.include([treeNode("a")]);

    expect(target).toBe(shown);
    expect(grown).toEqual([]);
  });

  it("has no node for an empty path", async () => {
    const { tree } = server({ "": [treeNode("a")] });

    expect((await tree.include([])).target).toBeUndefined();
  });

  it("keeps the message of the top", async () => {
    const { tree } = server({}, "This file holds no goroutines.");
    expect(tree.message).toBeNull();

    await tree.children(undefined);

    expect(tree.message).toBe("This file holds no goroutines.");
  });

  it("asks again after a failure", async () => {
    let failures = 1;
    const tree = new DumpTree(async () => {
      if (failures-- > 0) {
        throw new Error("the server is not there yet");
      }
      return { nodes: [treeNode("a")], message: null };
    });

    await expect(tree.children(undefined)).rejects.toThrow("not there yet");
    expect(ids(await tree.children(undefined))).toEqual(["a"]);
  });
});

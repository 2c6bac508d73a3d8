import { describe, expect, test } from "vitest";
import { followChanges, keepFitting, type LineChange } from "../../../client/src/model/lineAnchors.ts";

const lines = ["package main", "", "func run() {", "\tch <- 1", "}"];
const anchored = { line: 3, lineText: "\tch <- 1" };

/** A change of what stands between two places, each `[line, character]`. */
function change(start: readonly [number, number], end: readonly [number, number], text: string): LineChange {
  const [startAt, endAt] = [start, end].map(([line, character]) => ({ line, character }));
  return { range: { start: startAt!, end: endAt! }, text };
}

/** Where the line is behind the changes; undefined when it was dropped. */
function lineAfter(...changes: LineChange[]): number | undefined {
  return followChanges([anchored], changes)[0]?.line;
}

describe("what belongs to a line", () => {
  test("moves with the lines above it", () => {
    expect(lineAfter(change([1, 0], [1, 0], "import `fmt`\n\n"))).toBe(5);
    expect(lineAfter(change([0, 12], [2, 0], "\n"))).toBe(2);
    expect(lineAfter(change([2, 12], [2, 12], "\n\tx := 1"))).toBe(4);
    expect(lineAfter(change([0, 0], [0, 7], "Package"))).toBe(3);
  });

  test("moves when lines are put in just before it, or taken away there", () => {
    expect(lineAfter(change([3, 0], [3, 0], "\tx := 1\n"))).toBe(4);
    expect(lineAfter(change([1, 0], [3, 0], ""))).toBe(1);
  });

  test("stays where it is when lines behind it change", () => {
    expect(lineAfter(change([4, 0], [4, 1], ""))).toBe(3);
    expect(lineAfter(change([3, 8], [3, 8], "\n\treturn"))).toBe(3);
  });

  test("is dropped when the line itself changes, is joined to another, or goes", () => {
    expect(lineAfter(change([3, 1], [3, 1], "x"))).toBeUndefined();
    expect(lineAfter(change([3, 8], [3, 8], " // why"))).toBeUndefined();
    expect(lineAfter(change([3, 0], [3, 0], "x"))).toBeUndefined();
    expect(lineAfter(change([2, 12], [3, 0], ""))).toBeUndefined();
    expect(lineAfter(change([0, 0], [4, 1], "package other"))).toBeUndefined();
  });

  test("follows one change after the other", () => {
    expect(lineAfter(change([0, 0], [0, 0], "// a\n"), change([0, 0], [0, 0], "// b\n"))).toBe(5);
  });

  test("is left out when the document has another line there, or none", () => {
    expect(keepFitting([anchored], (line) => lines[line])).toEqual([anchored]);
    expect(keepFitting([anchored], (line) => ["", ...lines][line])).toEqual([]);
    expect(keepFitting([anchored], () => undefined)).toEqual([]);
  });
});

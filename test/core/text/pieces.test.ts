import { describe, expect, test } from "vitest";
import { inPieces } from "../../../server/src/core/text/pieces.ts";

describe("texts in pieces", () => {
  test("are the same texts, in few of some length", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`);
    const pieces = [...inPieces(lines)];
    expect(pieces.join("")).toBe(lines.join(""));
    expect(pieces.length).toBeLessThan(10);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
  });

  test("are none of none", () => {
    expect([...inPieces([])]).toEqual([]);
    expect([...inPieces(["", ""])]).toEqual([]);
  });
});

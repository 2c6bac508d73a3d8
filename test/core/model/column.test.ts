import { describe, expect, it } from "vitest";
import { at, type CellType, ColumnBuilder } from "../../../server/src/core/model/column.ts";
import { NO_WAIT } from "../../../server/src/core/model/dump.ts";

/** More than a block holds. */
const ROWS = 20_000;

describe("a column", () => {
  it.each<[CellType, number[]]>([
    ["float64", [-1, 0, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1]],
    ["uint32", [0, 65_535, 65_536, NO_WAIT]],
    ["int32", [-1, 0, 2 ** 31 - 1]],
    ["uint16", [0, 255, 256, 65_535]],
  ])("gives back every number a %s can hold, whatever stands in front", (type, values) => {
    const column = new ColumnBuilder(type);
    const expected = Array.from({ length: ROWS }, (_, row) => (row % 1000 === 7 ? values[row % values.length]! : 5));
    for (const value of expected) column.push(value);
    column.set(ROWS - 1, values.at(-1)!);
    expected[ROWS - 1] = values.at(-1)!;
    const finished = column.finish();
    expect(Array.from({ length: finished.length }, (_, row) => at(finished, row))).toEqual(expected);
  });

  it("takes half the memory as long as its numbers are small", () => {
    const column = new ColumnBuilder("float64");
    for (let row = 0; row < ROWS; row++) column.push(row);
    const bytes = column.finish().blocks.reduce((sum, block) => sum + block.byteLength, 0);
    expect(bytes / ROWS).toBe(4);
  });
});

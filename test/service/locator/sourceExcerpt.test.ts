import { expect, test } from "vitest";
import { sourceExcerpt } from "../../../server/src/service/locator/sourceExcerpt.ts";

const TEXT = "a\r\nb\r\nc\nd\ne";

test("the lines around a place are given with the number of the first", () => {
  expect(sourceExcerpt(TEXT, 2, 1)).toEqual({ firstLine: 1, lines: ["b", "c", "d"], line: 2 });
  expect(sourceExcerpt(TEXT, 0, 2)).toEqual({ firstLine: 0, lines: ["a", "b", "c"], line: 0 });
  expect(sourceExcerpt(TEXT, 4, 9)).toMatchObject({ firstLine: 0, lines: ["a", "b", "c", "d", "e"] });
});

test("a line the text does not have has nothing around it", () => {
  expect(sourceExcerpt(TEXT, 5, 1)).toBeUndefined();
  expect(sourceExcerpt(TEXT, -1, 1)).toBeUndefined();
});

test("many and long lines are cut", () => {
  const excerpt = sourceExcerpt(`${"x".repeat(400)}\n`.repeat(300), 150, 200);
  expect(excerpt?.lines).toHaveLength(101);
  expect(excerpt?.lines[0]).toHaveLength(301);
});

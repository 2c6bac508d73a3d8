import { expect, test } from "vitest";
import { clip } from "../../../server/src/core/text/visible.ts";
import { firstOf } from "../../../server/src/service/base/bounded.ts";

const rest = (left: number): string => `${left} more`;

test("a long list ends with what was left out", () => {
  expect(firstOf(["a", "b"], 2, rest)).toEqual(["a", "b"]);
  expect(firstOf(["a", "b", "c", "d"], 2, rest)).toEqual(["a", "b", "2 more"]);
});

test("a long text ends with an ellipsis, and with no half of a character", () => {
  expect(clip("abc", 3)).toBe("abc");
  expect(clip("abcd", 3)).toBe("abc…");
  expect(clip("ab😀d", 3)).toBe("ab…");
});

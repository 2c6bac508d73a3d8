import { expect, it } from "vitest";
import { canonicalTag } from "../../../client/src/webview/pageLanguage.ts";
import { distinctStacks, formatShare } from "../../../client/src/webview/report/words.ts";

it.each([
  ["en", "en"],
  ["zh-cn", "zh-CN"],
  ["en-US@posix", "en"],
  ["C", "en"],
  ["", "en"],
])("the report of an editor in %j writes its numbers as %s does", (tag, language) => {
  expect(canonicalTag(tag)).toBe(language);
  expect((0.5).toLocaleString(canonicalTag(tag))).toMatch(/^0[.,]5$/);
});

it("counts one thing and many", () => {
  expect([1, 2, 12_345].map(distinctStacks)).toEqual([
    "1 distinct stack",
    "2 distinct stacks",
    "12,345 distinct stacks",
  ]);
});

it.each([
  [3, 3, "100%"],
  [5000, 5003, "99.9%"],
  [999_999, 1_000_000, "99.9%"],
  [3, 4, "75%"],
  [1, 12, "8.3%"],
  [1, 5003, "<0.1%"],
  [0, 4, "0%"],
  [0, 0, ""],
])("a share of %d of %d is %s", (count, total, text) => {
  expect(formatShare(count, total)).toBe(text);
});

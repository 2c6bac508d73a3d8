import { expect, test } from "vitest";
import { closest } from "../../server/src/node/closest.ts";

const COMMANDS = ["analyze", "report", "redact", "convert", "capture", "fleet", "lsp", "mcp"];

test.each([
  ["analyse", "analyze"],
  ["anaylze", "analyze"],
  ["reprot", "report"],
  ["flet", "fleet"],
  ["lps", undefined],
  ["ls", "lsp"],
  ["diff", undefined],
  ["", undefined],
  ["x".repeat(100_000), undefined],
])("instead of %.20s %s is meant", (word, meant) => {
  expect(closest(word, COMMANDS)).toBe(meant);
});

test("of two that are equally near neither is meant", () => {
  expect(closest("xbc", ["abc", "ybc"])).toBeUndefined();
});

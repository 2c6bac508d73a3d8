import { expect, test } from "vitest";
import { visible } from "../../../server/src/core/text/visible.ts";

test.each([
  ["main.f", "main.f"],
  ["a::b", "a::b"],
  ["[::1]:80", "[::1]:80"],
  ["# heading", "# heading"],
  ["::stop-commands::x", "\\u003a:stop-commands::x"],
  ["  ::error::x", "  \\u003a:error::x"],
  ["##[add-mask]x", "\\u0023#[add-mask]x"],
  ["a\u001b[31m", "a\\u001b[31m"],
])("of %j nothing is sent but %j", (text, shown) => {
  expect(visible(text)).toBe(shown);
});

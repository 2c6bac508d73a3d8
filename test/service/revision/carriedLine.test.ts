import { expect, test } from "vitest";
import { lineCarrier } from "../../../server/src/service/revision/carriedLine.ts";

const OLDER = ["package p", "", "func f() {", "\tone()", "\ttwo()", "\tthree()", "}", ""].join("\n");

test.each([
  ["above it lines were added", `// Note.\n\n${OLDER}`, 4, { kind: "same", line: 6 }],
  ["nothing was changed", OLDER, 4, { kind: "same", line: 4 }],
  ["the ends of lines are of another system", OLDER.replaceAll("\n", "\r\n"), 4, { kind: "same", line: 4 }],
  ["it was changed", OLDER.replace("two()", "second()"), 4, { kind: "changed", line: 4 }],
  ["it was replaced by several", OLDER.replace("\ttwo()", "\ta()\n\tb()\n\tc()"), 4, { kind: "changed", line: 4 }],
  ["it was taken out", OLDER.replace("\ttwo()\n", ""), 4, { kind: "gone", line: 4 }],
  ["all of it was taken out", "", 4, { kind: "gone", line: 0 }],
  ["it has no such line", OLDER, 8, undefined],
  ["it has no such line, either", OLDER, -1, undefined],
])("a line is followed when %s", (_, newer, line, expected) => {
  expect(lineCarrier(OLDER, newer)(line)).toEqual(expected);
});

test("texts that are of different things are not compared to the end", () => {
  const [older, newer] = ["a", "b"].map((letter) =>
    Array.from({ length: 6_000 }, (_, index) => `${letter}${index}`).join("\n"),
  );
  expect(lineCarrier(older ?? "", newer ?? "")(3_000)).toBeUndefined();
});

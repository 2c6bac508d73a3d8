import { describe, expect, it } from "vitest";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { joinLines, type Line, LineMaker, offsetOf, sliceLine } from "../../../server/src/core/text/line.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { unescape } from "../../../server/src/core/unwrap/escapes.ts";

const lineOf = (text: string, offset = 0): Line => ({ text, number: 0, offset, runs: null });
/** Each character with the offset it says it has, and where the line says it ends. */
const places = (line: Line) => [...line.text.split(""), "end"].map((what, column) => [what, offsetOf(line, column)]);

describe("the characters of a decoded line", () => {
  it("stand where the original text has what they were decoded from", () => {
    const [first, second] = unescape(lineOf('ä\\tb\\n\\"c"', 100), 0, '"').lines;
    expect(places(first!)).toEqual([
      ["ä", 100],
      ["\t", 102],
      ["b", 104],
      ["end", 105],
    ]);
    expect(places(second!)).toEqual([
      ['"', 107],
      ["c", 109],
      ["end", 110],
    ]);
  });

  it("still do when they are decoded twice, and cut", () => {
    const [outer] = unescape(lineOf("x\\\\ty"), 0, null).lines;
    expect(outer!.text).toBe("x\\ty");
    const [inner] = unescape(outer!, 0, null).lines;
    expect(places(inner!)).toEqual([
      ["x", 0],
      ["\t", 1],
      ["y", 4],
      ["end", 5],
    ]);
    expect(places(sliceLine(inner!, 1, 2))).toEqual([
      ["\t", 1],
      ["end", 4],
    ]);
  });

  it("still do when parts that stand apart are joined", () => {
    const joined = joinLines([lineOf("ab", 3), unescape(lineOf("c\\td", 20), 0, null).lines[0]!]);
    expect(places(joined).map(([, offset]) => offset)).toEqual([3, 4, 20, 21, 23, 24]);
  });

  it("need no runs where nothing was decoded", () => {
    const maker = new LineMaker(lineOf("abcdef", 10));
    maker.copy(1, 3);
    maker.copy(3, 4);
    expect(maker.take(4)).toEqual({ text: "bcd", number: 0, offset: 11, runs: null });
  });
});

it("reads a dump of two megabytes that stands on one line, each goroutine where it begins", () => {
  const blocks = Array.from(
    { length: 35_000 },
    (_, index) => `goroutine ${index + 1} [select]: | main.f(0x1) |  /src/f.go:3 +0x1d |  | `,
  );
  const [dump] = readDumps(encodeUtf8(blocks.join(""))).dumps;
  expect(dump?.total).toBe(blocks.length);
  const last = dump!.goroutines.offset.blocks.at(-1)!.at(-1);
  expect(last).toBe(blocks.slice(0, -1).join("").length);
});

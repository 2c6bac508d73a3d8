import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { ByteOffsets } from "../../../server/src/service/base/byteOffsets.ts";
import { DumpRanges } from "../../../server/src/service/base/ranges.ts";
import { encodeText } from "../../../server/src/node/encodeText.ts";

function rangesOf(text: string): DumpRanges {
  const offsets = new ByteOffsets(text);
  Array.from(offsets.encode());
  return new DumpRanges(text, offsets);
}

describe("bytes of the core and positions of LSP", () => {
  test.each([
    ["ASCII", "goroutine 1 [running]:\nmain.main()\n"],
    ["two and three bytes", "größe €\nmain.größe()\n\t/src/日本.go:3\n"],
    ["pairs of surrogates", "a😀b\n😀😀\n"],
    ["a lone surrogate", "a\ud800b\nc\n"],
    ["CRLF", "a\r\nbß\r\nc"],
    ["a lone CR", "a\rb\nß\rc\nd"],
    ["several chunks", `${"é".repeat(9000)}\n${"😀".repeat(9000)}\n${"x".repeat(20000)}\nend`],
    ["several chunks, the first of them ASCII", `${"x\n".repeat(530_000)}${"é".repeat(9000)}\nend`],
    ["a pair where a large chunk would end", `${"x".repeat(1024 * 1024 - 1)}😀\nend`],
    ["nothing", ""],
  ])("meet at every character: %s", (_, text) => {
    const ranges = rangesOf(text);
    const document = TextDocument.create("file:///a", "goroutine-dump", 1, text);
    const isRight = (unit: number, byte: number): boolean => {
      const position = document.positionAt(unit);
      const there = ranges.position(byte);
      // LSP has no position between the halves of a line end.
      const back = document.offsetAt(position) === unit ? ranges.byteOffsetAt(position) : byte;
      return there.line === position.line && there.character === position.character && back === byte;
    };
    const wrong: number[] = [];
    let byte = 0;
    let unit = 0;
    // Of a long text some places: each is walked to from the start of its chunk.
    const every = text.length < 100 ? 1 : text.length < 1_000_000 ? 101 : 9973;
    for (const character of text) {
      if (unit % every === 0 && !isRight(unit, byte)) wrong.push(unit);
      byte += encodeUtf8(character).length;
      unit += character.length;
    }
    expect(wrong).toEqual([]);
    expect(ranges.position(byte + 10)).toEqual(document.positionAt(text.length));
  });

  test.each([
    ["", 0],
    ["ab", 2],
    ["ab\n", 3],
    ["a\nbcd\r\ne", 5],
    ["a\nbcde", 4],
  ])("the longest line counts its end: %j", (text, length) => {
    expect(rangesOf(text).longestLine).toBe(length);
  });

  test("a byte within a character is that character", () => {
    expect(rangesOf("a€b").position(2)).toEqual({ line: 0, character: 1 });
  });

  test("lines of the core end in LF only, those of LSP in a lone CR too", () => {
    const ranges = rangesOf("progress\rdone\ngoroutine 1 [running]:\n");
    expect(ranges.lineRange(1)).toEqual({ start: { line: 2, character: 0 }, end: { line: 2, character: 22 } });
    expect(ranges.lineAt({ line: 1, character: 2 })).toBe(0);
    expect(ranges.lineAt({ line: 2, character: 2 })).toBe(1);
  });

  test("a line's range leaves its line end out", () => {
    expect(rangesOf("ab\r\ncd\r\n").linesRange(0, 1)).toEqual({
      start: { line: 0, character: 0 },
      end: { line: 1, character: 2 },
    });
  });

  test("a place beyond the text is its end", () => {
    expect(rangesOf("ab\ncd").byteOffsetAt({ line: 99, character: 7 })).toBe(5);
    expect(rangesOf("ab\ncd").lineRange(99)).toEqual({
      start: { line: 1, character: 2 },
      end: { line: 1, character: 2 },
    });
  });
});

test("a word is found where letters, digits and _ end it", () => {
  expect(
    rangesOf("0xc00 0xc001 (0xc00) a0xc00")
      .findWord("0xc00", 9)
      .map(({ start }) => start.character),
  ).toEqual([0, 14]);
});

test.each([
  ["the core's encoder", undefined],
  ["that of Node", encodeText],
])("the bytes of many spans are those of each, with %s", (_, encode) => {
  const text = "goroutine 1 [running]:\nmain.größe()\n\t/src/日本.go:3\n😀\n";
  const offsets = new ByteOffsets(text, encode);
  Array.from(offsets.encode());
  const ranges = new DumpRanges(text, offsets);
  const spans = [
    { start: 0, end: 22 },
    { start: 23, end: 38 },
    { start: 38, end: 38 },
    { start: 0, end: 63 },
    { start: 58, end: 63 },
  ];
  expect(ranges.allBytes(spans)).toEqual(spans.map((span) => ranges.bytes(span)));
});

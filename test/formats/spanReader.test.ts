import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SpanReader } from "../../server/src/formats/spanReader.ts";

const TEXT = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:8 +0x1d\n".repeat(40);
const SPANS = [
  { start: 100, end: 140 },
  { start: 0, end: 22 },
  { start: 110, end: 120 },
  { start: TEXT.length - 5, end: TEXT.length },
];

function read(bytes: Uint8Array, chunk: number): readonly string[] {
  const reader = new SpanReader(SPANS);
  for (let start = 0; start < bytes.length; start += chunk) reader.push(bytes.subarray(start, start + chunk));
  return reader.end().map(decode);
}

function decode(block: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(block);
}

describe("reading ranges of a text again", () => {
  const expected = SPANS.map(({ start, end }) => TEXT.slice(start, end));
  const plain = new TextEncoder().encode(TEXT);

  it.each([1, 7, 64, 1 << 20])("gives the ranges whatever the chunks (%i bytes)", (chunk) => {
    expect(read(plain, chunk)).toEqual(expected);
  });

  it("unpacks and decodes as the first reading did", () => {
    expect(read(gzipSync(plain), 100)).toEqual(expected);
    // Places count the bytes of the text in UTF-8, its byte order mark included.
    const marked = new TextEncoder().encode(`\ufeff${TEXT}`);
    const inMarked = SPANS.map(({ start, end }) => decode(marked.subarray(start, end)));
    expect(read(Buffer.from(`\ufeff${TEXT}`, "utf16le"), 101)).toEqual(inMarked);
  });

  it("is done with the last of them, however they overlap", () => {
    const reader = new SpanReader(SPANS.slice(0, 3));
    reader.push(plain.subarray(0, 115));
    expect(reader.isDone).toBe(false);
    reader.push(plain.subarray(115, 140));
    expect(reader.isDone).toBe(true);
    expect(reader.end().map(decode)).toEqual(expected.slice(0, 3));
  });
});

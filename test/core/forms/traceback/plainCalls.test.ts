import { describe, expect, test } from "vitest";
import { blockSpan, readCalls } from "../../../../server/src/core/analysis/readArguments.ts";
import { at } from "../../../../server/src/core/model/column.ts";
import { stackOf } from "../../../../server/src/core/model/stack.ts";
import { blockLines } from "../../../../server/src/core/read/blockLines.ts";
import { plainBody } from "../../../../server/src/core/read/plainBody.ts";
import { readBlock } from "../../../../server/src/core/forms/traceback/block.ts";
import { plainCalls } from "../../../../server/src/core/forms/traceback/plainCalls.ts";
import { decodeUtf8 } from "../../../../server/src/core/text/utf8.ts";
import { readAny } from "../../../../server/src/formats/anyReader.ts";
import { LINE_WRAPPERS, PREFIXES, READ_AS_TEXT } from "../../../support/wrappers.ts";
import { corpusBytes, corpusFiles } from "../../../support/corpus.ts";

const frame = (name: string) => ({ id: 0, function: name, file: "/a.go", line: 3 });
const read = (text: string, ...names: string[]) => plainCalls(text, names.map(frame));

describe("arguments of a goroutine whose frames are known", () => {
  test("are what stands between the parentheses", () => {
    const text = "main.f(0x1, {0xc000?, 0x2})\n\t/a.go:3 +0x1\nmain.(*T).g()\n\t/a.go:3\n\n";
    expect(read(text, "main.f", "main.(*T).g")).toEqual([
      { function: "main.f", args: "0x1, {0xc000?, 0x2}" },
      { function: "main.(*T).g", args: "" },
    ]);
  });

  test.each([
    ["another function", "main.g(0x1)\n\t/a.go:3\n"],
    ["a line without parentheses", "main.f\n\t/a.go:3\n"],
    ["a place that is not indented", "main.f(0x1)\n/a.go:3\n"],
    ["a line end of Windows", "main.f(0x1)\r\n\t/a.go:3\r\n"],
    ["a text that ends before", ""],
  ])("are left to the general reader where there is %s", (_, text) => {
    expect(read(text, "main.f")).toBeUndefined();
  });

  test("are in all dumps of the corpus those that the general reader finds", () => {
    const files = corpusFiles().filter(({ file }) => file.endsWith(".txt"));
    expect(sum(files.map(({ file }) => compareCalls(corpusBytes(file))))).toBeGreaterThan(1000);
  });

  test.each([...PREFIXES, ...LINE_WRAPPERS].filter(({ name }) => !READ_AS_TEXT.has(name)))(
    "are found in bytes behind $name",
    (wrapper) => {
      const files = ["zoo/zoo-go1.24.debug2.txt", "deadlock/abba-go1.27.debug2.txt"];
      const wrapped = files.map((file) =>
        new TextEncoder().encode(wrapper.wrap(new TextDecoder().decode(corpusBytes(file)))),
      );
      expect(sum(wrapped.map(compareCalls))).toBeGreaterThan(10);
    },
  );
});

/** Compares the calls of all goroutines that can be read in bytes with what the general reader finds; gives their number. */
function compareCalls(bytes: Uint8Array): number {
  let compared = 0;
  for (const dump of readAny(bytes).dumps.filter(({ form }) => form === "traceback")) {
    for (let row = 0; row < dump.goroutines.length; row++) {
      const span = blockSpan(dump, row);
      const block = bytes.subarray(span.start, span.end);
      const body = plainBody(block, dump.wrapping);
      const plain = body && plainCalls(decodeUtf8(body), stackOf(dump, at(dump.goroutines.stack, row)).frames);
      if (plain === undefined) continue;
      const place = { line: at(dump.goroutines.line, row), offset: span.start };
      const general = readBlock(blockLines(block, place, dump.wrapping))?.frames ?? [];
      expect(plain).toEqual(general.map(({ function: name, args }) => ({ function: name, args })));
      expect(readCalls(dump, row, block)).toEqual(plain);
      compared++;
    }
  }
  return compared;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

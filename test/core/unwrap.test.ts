import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { stackOf } from "../../server/src/core/model/stack.ts";
import { blockLines } from "../../server/src/core/read/blockLines.ts";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";
import { readBlock } from "../../server/src/core/forms/traceback/block.ts";
import { corpusBytes } from "../support/corpus.ts";
import { contentsOf } from "../support/readings.ts";
import { LINE_WRAPPERS, ONE_LINE, PREFIXES, type Wrapper } from "../support/wrappers.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Dumps of the corpus that together have every kind of line, by what they are. */
const DUMPS: Readonly<Record<string, string>> = {
  "a debug=2 dump": "zoo/zoo-go1.24.debug2.txt",
  "a panic": "panic/nil-deref-go1.23.txt",
  "a dump after SIGQUIT": "sigquit/zoo-gotraceback-system-go1.22.txt",
  "labelled goroutines": "labels/labels-tracebacklabels1-go1.27.debug2.txt",
};

function wrapped(file: string, wrapper: Wrapper): Uint8Array {
  return encoder.encode(wrapper.wrap(decoder.decode(corpusBytes(file))));
}

/** Every goroutine read again from its place, as frames with their places. */
function blocksOf(dump: Dump, bytes: Uint8Array): readonly unknown[] {
  const { offset, line, length } = dump.goroutines;
  return Array.from({ length }, (_, row) => {
    const start = at(offset, row);
    const place = { line: at(line, row), offset: start };
    const block = readBlock(blockLines(bytes.subarray(start), place, dump.wrapping));
    return {
      id: block?.header?.id,
      frames: block?.frames.map(({ function: name, file, line: number }) => [name, file, number]),
    };
  });
}

function stacksOf(dump: Dump): readonly unknown[] {
  const { id, stack, length } = dump.goroutines;
  return Array.from({ length }, (_, row) => ({
    id: at(id, row),
    frames: stackOf(dump, at(stack, row)).frames.map(({ function: name, file, line }) => [name, file, line]),
  }));
}

it("is read again to its last call where the text ends behind that", () => {
  const cut = [
    "goroutine 7 [select]:",
    "main.f(0xc000010030, 0x1)",
    "\t/src/main.go:3 +0x1",
    "main.g(...)",
    "\t/src/ma",
    "",
  ];
  const bytes = encoder.encode(`${JSON.stringify({ level: "error", stack: cut.join("\n") })}\n`);
  const [dump] = readDumps(bytes).dumps;
  const { offset, line } = dump!.goroutines;
  const span = bytes.subarray(at(offset, 0), dump!.endOffset);
  const block = readBlock(blockLines(span, { line: at(line, 0), offset: at(offset, 0) }, dump!.wrapping));
  expect(block?.frames.map(({ function: name, args }) => [name, args])).toEqual([
    ["main.f", "0xc000010030, 0x1"],
    ["main.g", "..."],
  ]);
});

describe("a wrapped dump", () => {
  for (const wrapper of [...PREFIXES, ...LINE_WRAPPERS, ...ONE_LINE]) {
    for (const [what, file] of Object.entries(DUMPS)) {
      it(`gives what it gives unwrapped: ${what} in ${wrapper.name}`, () => {
        const plain = readDumps(corpusBytes(file));
        const bytes = wrapped(file, wrapper);
        const { dumps } = readDumps(bytes);
        expect(contentsOf(dumps)).toEqual(contentsOf(plain.dumps));
        for (const dump of dumps) expect(blocksOf(dump, bytes)).toEqual(stacksOf(dump));
      });
    }
  }

  it.each([
    ["a profile as text", "labels/labels-go1.24.debug1.txt"],
    ["race reports", "race/tally-go1.27.txt"],
    ["pprof's traces", "pprof/labels-go1.24-traces.txt"],
  ])("of another form is found too: %s", (_, file) => {
    const plain = readDumps(corpusBytes(file));
    const found = PREFIXES.filter((wrapper) => {
      const { dumps } = readDumps(wrapped(file, wrapper));
      return JSON.stringify(contentsOf(dumps)) === JSON.stringify(contentsOf(plain.dumps));
    });
    expect(found.map(({ name }) => name)).toEqual(PREFIXES.map(({ name }) => name));
  });
});

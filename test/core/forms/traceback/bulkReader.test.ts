import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dump } from "../../../../server/src/core/model/dump.ts";
import { DumpReader, type Reading, readDumps } from "../../../../server/src/core/read/dumpReader.ts";
import { inTextOrder } from "../../../../server/src/core/read/textCheck.ts";
import { TextStream } from "../../../../server/src/core/read/textStream.ts";
import { LineSplitter } from "../../../../server/src/core/text/lineSplitter.ts";
import { encodeUtf8 } from "../../../../server/src/core/text/utf8.ts";
import { describeDumps } from "../../../support/describeDump.ts";

const PLAIN = `goroutine 1 [running]:
main.main()
	/src/main.go:8 +0x1d

goroutine 5 [chan receive, 3 minutes]:
main.(*T).wait(0xc000012345, {0x1, 0x2}, ...)
	/src/a b/t.go:17 +0x45
main.worker(...)
	/src/w.go:3
created by main.main in goroutine 1
	/src/main.go:7 +0x3a

goroutine 6 [chan receive (leaked)]:
main.(*T).wait(0xc000099999, {0x1?, 0x2}, _)
	/src/a b/t.go:17 +0x45
main.worker(...)
	/src/w.go:3
created by main.main in goroutine 5
	/src/main.go:7 +0x3a

goroutine 7 gp=0xc000102380 m=nil [select, 2 minutes, locked to thread]:
main.loop()
	/src/l.go:1 +0x1 fp=0xc000102380 sp=0xc000102380 pc=0x1
created by main.init.0
	/src/main.go:2 +0x3a

`;

const inState = (id: number, state: string): string =>
  `goroutine ${id} [${state}, 2 minutes]:\nmain.f()\n\t/src/f.go:${id} +0x1\n\n`;

/** What is put into a text to spoil its form. */
const PARTS = [
  "",
  "\n",
  "\n\n",
  "(",
  ")",
  "(...)",
  ":",
  " +0x1",
  "\t",
  " ",
  "goroutine 5 [select]:\n",
  "created by ",
  "é",
  "\r",
];

/** Reads a text one line at a time, nothing in bulk. */
function readByLines(text: string): Pick<Reading, "dumps"> {
  const dumps: Dump[] = [];
  const stream = new TextStream({ dump: (dump) => dumps.push(dump), note: () => {} });
  const splitter = new LineSplitter({
    line: (line) => stream.take(line),
    bulk: (_, start) => ({ end: start, lines: 0 }),
  });
  splitter.push(encodeUtf8(text));
  const { isCut, place } = splitter.end();
  stream.end(place, isCut);
  return { dumps: inTextOrder(dumps) };
}

describe("reading in bulk", () => {
  it.each([
    ["plain goroutines", PLAIN],
    ["a stack that is not in the plain form", PLAIN.replace("main.worker(...)\n", "main.worker(...) // here\n")],
    ["an id that comes again", PLAIN + PLAIN],
    ["arguments that are none", PLAIN.replaceAll("0xc000099999", "not an argument")],
    ["an offset that is none", PLAIN.replaceAll("+0x45", "+0xzz")],
    ["an elided stack", PLAIN.replaceAll("main.worker(...)", "...12 frames elided...\nmain.worker(...)")],
    ["ancestors", PLAIN.replaceAll("+0x3a\n", "+0x3a\n[originating from goroutine 1]:\nmain.x(...)\n\t/x.go:1\n")],
    ["windows line ends", PLAIN.replaceAll("\n", "\r\n")],
    ["other text between", PLAIN.replaceAll("\ngoroutine 6", "hello (world)\ngoroutine 6")],
    ["labels", PLAIN.replaceAll("[chan receive (leaked)]:", "[chan receive] {route: /x}:")],
    ["more states than are compared", [...Array(200).keys()].map((id) => inState(id, `state ${id}`)).join("")],
    ["a terminal's carriage return behind a creator", PLAIN.replaceAll(/(created by main\.main).*\n/g, "$1^M\n")],
    ["a quotation's end behind a creator", PLAIN.replaceAll(/(created by main\.main).*\n/g, "$1:1`\n")],
    ["two blank lines", PLAIN.replaceAll("\n\n", "\n\n\n")],
  ])("gives what reading by lines gives: %s", (_, text) => {
    const inBulk = describeDumps(readDumps(encodeUtf8(text)));
    expect(inBulk).toEqual(describeDumps(readByLines(text)));
    expect(inBulk.length).toBeGreaterThan(0);
  });

  it("knows state, wait, creator and stack of each goroutine", () => {
    const [dump] = describeDumps(readDumps(encodeUtf8(PLAIN)));
    expect(dump?.goroutines[2]).toEqual({
      id: 6,
      line: 12,
      offset: PLAIN.indexOf("goroutine 6"),
      state: "chan receive (leaked)",
      wait: null,
      creator: 5,
      flags: 1,
      labels: [],
      frames: ["main.(*T).wait /src/a b/t.go:17", "main.worker /src/w.go:3"],
      createdBy: "main.main /src/main.go:7",
    });
  });

  it("gives what reading by lines gives, whatever is changed in the text and wherever its chunks end", () => {
    const part = fc.constantFrom(...PARTS);
    const edit = fc.record({ at: fc.nat(PLAIN.length), remove: fc.nat(12), insert: part });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), fc.integer({ min: 1, max: 300 }), (edits, size) => {
        const changed = edits.reduce(
          (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
          PLAIN + PLAIN.replace(/goroutine (\d) /g, "goroutine 1$1 "),
        );
        const bytes = encodeUtf8(changed);
        const reader = new DumpReader();
        for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
        expect(describeDumps(reader.end())).toEqual(describeDumps(readByLines(changed)));
      }),
      { numRuns: 300 },
    );
  });
});

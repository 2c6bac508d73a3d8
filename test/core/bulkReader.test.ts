import { describe, expect, it } from "vitest";
import { DumpReader, readDumps } from "../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../server/src/core/text/utf8.ts";
import { describeDumps } from "../support/describeDump.ts";

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

/** Feeds a text one line at a time, so that no goroutine is ever whole within a chunk: nothing is read in bulk. */
function readByLines(text: string): DumpReader {
  const reader = new DumpReader();
  for (const line of text.split(/(?<=\n)/)) reader.push(encodeUtf8(line));
  return reader;
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
    ["two blank lines", PLAIN.replaceAll("\n\n", "\n\n\n")],
  ])("gives what reading by lines gives: %s", (_, text) => {
    const inBulk = describeDumps(readDumps(encodeUtf8(text)));
    expect(inBulk).toEqual(describeDumps(readByLines(text).end()));
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
});

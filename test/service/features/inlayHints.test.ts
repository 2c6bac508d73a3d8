import { describe, expect, test } from "vitest";
import { fixture, noToken } from "../../support/openText.ts";
import { dumpDocument, serviceBench } from "../../support/serviceBench.ts";

const DUMP = `goroutine 1 [running]:
main.main()
\t/src/main.go:4 +0x1

goroutine 7 [chan send, 4 minutes]:
example.com/ws.(*Hub).deliver(0x1)
\t/src/hub.go:4 +0x1

goroutine 8 [chan send]:
example.com/ws.(*Hub).deliver(0x2)
\t/src/hub.go:4 +0x1
`;

/** Line, character and label of each hint between two lines, both included. */
async function hints(text: string, first = 0, last = 1e6) {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  const found = await serviceBench().service.inlayHints(dumpDocument(text), range, noToken);
  return found.map(({ position: { line, character }, label }) => [line, character, label]);
}

describe("hints behind the headers", () => {
  test("name the stack, and count who shares it", async () => {
    expect(await hints(DUMP)).toEqual([
      [0, 22, "main.main"],
      [4, 35, "ws.(*Hub).deliver ×2"],
      [8, 24, "ws.(*Hub).deliver ×2"],
    ]);
  });

  test("are those of the lines that are asked for", async () => {
    expect((await hints(DUMP, 1, 4)).map(([line]) => line)).toEqual([4]);
    expect((await hints(DUMP, 5, 8)).map(([line]) => line)).toEqual([8]);
    expect(await hints(DUMP, 9)).toEqual([]);
  });

  test("are those of all dumps of a text", async () => {
    expect((await hints(`${DUMP}\nother text\n\n${DUMP}`)).map(([line]) => line)).toEqual([0, 4, 8, 14, 18, 22]);
  });

  test("count the goroutines of a profile", async () => {
    expect((await hints(fixture("field/leak_demo.debug1.txt"))).at(0)).toEqual([
      1,
      expect.any(Number),
      expect.stringMatching(/ ×\d+$/),
    ]);
  });

  test("are none where there are no goroutines", async () => {
    expect(await hints("SELECT 1;\n")).toEqual([]);
  });
});

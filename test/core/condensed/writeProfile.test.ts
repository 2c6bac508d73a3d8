import { expect, it } from "vitest";
import { writeProfile } from "../../../server/src/core/condensed/writeProfile.ts";
import { DumpBuilder, EMPTY_STACK } from "../../../server/src/core/model/builder.ts";
import { at } from "../../../server/src/core/model/column.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { contentsOf } from "../../support/readings.ts";

const PROFILE = `goroutine profile: total 12
10 @ 0x43 0x44
#	0x43	main.f+0x1	/a.go:1
#	0x44	main.(*Server).handle+0x1	/long/path/b.go:2

2 @ 0x45
# labels: {"route":"/buy"}
#	0x45	main.g+0x1	/a.go:3
`;

it("prints a profile with its columns below each other, and reads the same again", () => {
  const { dumps } = readDumps(encodeUtf8(PROFILE));
  const text = runToEnd(writeProfile(dumps[0]!));

  expect(text).toBe(`goroutine profile: total 12
10 @
#	main.f               	/a.go:1
#	main.(*Server).handle	/long/path/b.go:2

2 @
# labels: {"route":"/buy"}
#	main.g	/a.go:3
`);
  expect(contentsOf(readDumps(encodeUtf8(text)).dumps)).toEqual(contentsOf(dumps));
});

it.each([
  ["a generic type", "main.F[go.shape.struct { X int }]", "/with  blanks/a.go", 1],
  ["no file", "main.f", null, null],
  ["an address", "0x45dba4", null, null],
  ["an address with a file", "0x45dba4", "/a.go", 1],
  ["a name with a TAB", "main.a\tb", "/a.go", 1],
  ["a name with blanks at its end", "main.a  ", "/a.go", 1],
  ["no name", "", "/a.go", 1],
])("reads a frame again that has %s", (_, name, file, line) => {
  const builder = new DumpBuilder("profile-proto", { line: 0, offset: 0 });
  const stack = builder.pushFrame(EMPTY_STACK, name, file, line);
  builder.add({ line: 0, offset: 0, state: "unknown", stack });
  const dump = builder.finish({ line: 0, offset: 0 });
  const [again] = readDumps(encodeUtf8(runToEnd(writeProfile(dump)))).dumps;
  expect(stackOf(again!, at(again!.goroutines.stack, 0)).frames).toMatchObject([{ function: name, file, line }]);
});

it("takes no comment below a profile for a frame", () => {
  const [before] = readDumps(encodeUtf8(PROFILE)).dumps;
  const [dump, ...others] = readDumps(encodeUtf8(`${runToEnd(writeProfile(before!))}\n#\tcomment\n`)).dumps;
  expect(others).toEqual([]);
  expect(dump?.functions).not.toContain("comment");
});

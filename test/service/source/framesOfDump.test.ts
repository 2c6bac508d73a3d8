import { expect, test } from "vitest";
import { DumpReader } from "../../../server/src/core/read/dumpReader.ts";
import { framesOfDump } from "../../../server/src/service/source/framesOfDump.ts";

const DUMP = `goroutine 1 [semacquire]:
sync.(*WaitGroup).Wait(0xc000012345)
	/usr/local/go/src/sync/waitgroup.go:116 +0x48
main.main()
	/app/main.go:12 +0x85

goroutine 7 [chan send]:
main.work(...)
	/app/main.go:30
created by main.main in goroutine 1
	/app/main.go:9 +0x32
`;

test("each frame is told with what its line calls", () => {
  const reader = new DumpReader();
  reader.push(new TextEncoder().encode(DUMP));
  const [dump] = reader.end().dumps;
  const frames = framesOfDump(dump!).map(({ function: name, file, line, calls }) => [name, file, line, calls]);
  expect(frames).toEqual([
    ["sync.(*WaitGroup).Wait", "/usr/local/go/src/sync/waitgroup.go", 116, undefined],
    ["main.main", "/app/main.go", 12, "sync.(*WaitGroup).Wait"],
    ["main.work", "/app/main.go", 30, undefined],
    ["main.main", "/app/main.go", 9, "go"],
  ]);
  expect(framesOfDump(dump!)).toBe(framesOfDump(dump!));
});

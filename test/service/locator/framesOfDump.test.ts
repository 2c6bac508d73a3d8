import { expect, test } from "vitest";
import { DumpReader } from "../../../server/src/core/read/dumpReader.ts";
import { framesOfDump } from "../../../server/src/service/locator/framesOfDump.ts";

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

test("each frame is told with what its line does", () => {
  const reader = new DumpReader();
  reader.push(new TextEncoder().encode(DUMP));
  const [dump] = reader.end().dumps;
  const frames = framesOfDump(dump!).map(({ function: name, file, line, ...rest }) => [
    name,
    file,
    line,
    rest.calls,
    rest.waits,
  ]);
  expect(frames).toEqual([
    ["sync.(*WaitGroup).Wait", "/usr/local/go/src/sync/waitgroup.go", 116, undefined, "semacquire"],
    ["main.main", "/app/main.go", 12, "sync.(*WaitGroup).Wait", undefined],
    ["main.work", "/app/main.go", 30, undefined, "chan send"],
    ["main.main", "/app/main.go", 9, "go", undefined],
  ]);
  expect(framesOfDump(dump!)).toBe(framesOfDump(dump!));
});

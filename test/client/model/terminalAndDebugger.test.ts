import { describe, expect, it } from "vitest";
import { debuggedDump, readFrames, readThreads } from "../../../client/src/model/debuggedDump.ts";
import { terminalFrame } from "../../../client/src/model/terminalFrame.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";

describe("a line of a terminal", () => {
  it.each([
    ["        /src/a/main.go:4 +0x27", 8, "/src/a/main.go", 4],
    ["\t/src/a b/main.go:12", 1, "/src/a b/main.go", 12],
    ["        C:/src/main.go:9 +0x1d", 8, "C:/src/main.go", 9],
    ["    shop@v1.2.3/ws/hub.go:58 +0x1d fp=0xc0 sp=0xc1 pc=0x1", 4, "shop@v1.2.3/ws/hub.go", 58],
  ])("%j is a frame", (line, start, file, number) => {
    const frame = terminalFrame(line);

    expect(frame).toMatchObject({ start, file, line: number });
    expect(line.slice(frame?.start, (frame?.start ?? 0) + (frame?.length ?? 0))).toBe(`${file}:${number}`);
  });

  it.each([
    "main.go:4: undefined: x",
    "main.main()",
    "    at Object.<anonymous> (/src/a.js:4:1)",
    "  see http://x/main.go:80/",
    ` ${"a".repeat(3000)}.go:1`,
  ])("%j is none", (line) => {
    expect(terminalFrame(line.slice(0, 3000))).toBeUndefined();
  });
});

describe("the goroutines of a debug session", () => {
  const threads = {
    threads: [
      { id: 1, name: "* [Go 1] main.main (Thread 4711)" },
      { id: 18, name: "[Go 18] main.worker" },
      { id: -1, name: "Dummy" },
    ],
  };
  const worker = {
    stackFrames: [
      { name: "runtime.gopark", line: 364, source: { path: "/usr/lib/go/src/runtime/proc.go" } },
      { name: "runtime.chanrecv", line: 583, source: { path: "/usr/lib/go/src/runtime/chan.go" } },
      { name: "main.worker", line: 12, source: { path: "/src/main.go" } },
      { name: "(unreadable)", line: 0 },
    ],
  };

  it("become a dump that reads like one of Go's", () => {
    const goroutines = readThreads(threads).map((thread) => ({
      ...thread,
      frames: thread.id === 18 ? readFrames(worker) : readFrames({ stackFrames: [{ name: "main.main" }] }),
    }));

    const [dump] = readDumps(encodeUtf8(debuggedDump(goroutines))).dumps;

    expect(dump?.total).toBe(2);
    expect(dump?.states).toEqual(["running", "chan receive"]);
    expect(dump?.notes).toEqual([]);
    const stacks = [...(dump?.goroutines.stack.blocks[0] ?? [])].slice(0, 2);
    const frames = dump === undefined ? [] : stackOf(dump, stacks[1] ?? 0).frames;
    expect(frames[2]).toMatchObject({ function: "main.worker", file: "/src/main.go", line: 12 });
  });

  it("are none, whatever an adapter answers", () => {
    for (const answer of [undefined, null, 7, {}, { threads: {} }, { threads: [null, 7, { id: "x" }] }]) {
      expect(readThreads(answer)).toEqual([]);
    }
    expect(readFrames({ stackFrames: [null, { name: 7 }, { name: "" }] })).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { Incident } from "../../../../server/src/core/model/incident.ts";
import { readDumps } from "../../../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../../../server/src/core/text/utf8.ts";
import { describeDumps } from "../../../support/describeDump.ts";

const RUNNING = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:8 +0x1d\n";

function incidentsOf(text: string): readonly Incident[] {
  return readDumps(encodeUtf8(text)).dumps.flatMap(({ incidents }) => incidents);
}

function idsOf(text: string): readonly (readonly (number | null)[])[] {
  return describeDumps(readDumps(encodeUtf8(text))).map(({ goroutines }) => goroutines.map(({ id }) => id));
}

describe("what made a program print its goroutines", () => {
  it("a panic, with the goroutine it happened on", () => {
    expect(incidentsOf(`panic: boom\n\n${RUNNING}`)).toMatchObject([
      { kind: "panic", message: "boom", line: 0, lines: 1, recovered: false, signal: null, goroutine: 0 },
    ]);
  });

  it("a second death, though the goroutine was cut out on which it happened, in a dump of its own", () => {
    const blocked = RUNNING.replace("1 [running]", "7 [select, 2 minutes]");
    const timedOut = `panic: test timed out after 2m0s\nrunning tests:\n\tTestA (1m48s)\n\n${blocked}`;
    expect(idsOf(`panic: boom\n\n${RUNNING}\nSome words.\n\n${timedOut}`)).toEqual([[1], [7]]);
    expect(idsOf(`${RUNNING}\n${blocked.replace("7", "8")}\nSome words.\n\n${timedOut}`)).toEqual([[1, 8, 7]]);
  });

  it("a chain of panics, of which the last one killed", () => {
    expect(incidentsOf(`panic: first [recovered]\n\tpanic: second\n\n${RUNNING}`)).toMatchObject([
      { message: "first", recovered: true },
      { message: "second", recovered: false },
    ]);
  });

  it("a panic that was recovered and raised again kills", () => {
    expect(incidentsOf(`panic: boom [recovered, repanicked]\n\n${RUNNING}`)).toMatchObject([
      { message: "boom", recovered: false },
    ]);
  });

  it("a value of several lines, with the tabs of Go 1.23 taken off", () => {
    expect(incidentsOf(`panic: a\n\tb\n\tc\n\n${RUNNING}`)).toMatchObject([{ message: "a\nb\nc", lines: 3 }]);
  });

  it("a signal's details", () => {
    const text = `panic: nil\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4b5fbe]\n\n${RUNNING}`;
    expect(incidentsOf(text)).toMatchObject([{ message: "nil", signal: "SIGSEGV: segmentation violation" }]);
  });

  it("a fatal error, a signal, a Windows exception", () => {
    expect(incidentsOf(`fatal error: concurrent map writes\n\n${RUNNING}`)).toMatchObject([{ kind: "fatal-error" }]);
    expect(incidentsOf(`SIGQUIT: quit\nPC=0x4631a1 m=0 sigcode=0\n\n${RUNNING}`)).toMatchObject([
      { kind: "signal", signal: "SIGQUIT: quit" },
    ]);
    const exception = "Exception 0xc0000005 0x0 0x10 0x7ff6\nPC=0x7ff6\n\nmain.crash()\n\tC:/x/main.go:3 +0x1\n\n";
    const [dump] = readDumps(encodeUtf8(exception + RUNNING)).dumps;
    expect(dump?.incidents).toMatchObject([{ kind: "exception" }]);
    expect(dump?.systemStacks).toMatchObject([{ title: "faulting goroutine", line: 3 }]);
    expect(dump?.total).toBe(1);
  });

  it("the tests that were running", () => {
    const text = `panic: test timed out after 1s\n\trunning tests:\n\t\tTestA (1s)\n\t\tTestB/x y (1s)\n\n${RUNNING}`;
    expect(incidentsOf(text)).toMatchObject([
      { message: "test timed out after 1s", runningTests: ["TestA (1s)", "TestB/x y (1s)"] },
    ]);
  });

  it("a panic that a server logged and survived", () => {
    const log = "2026/11/21 03:27:12 http: panic serving 127.0.0.1:5000: boom\n";
    expect(incidentsOf(log + RUNNING)).toMatchObject([{ kind: "panic", message: "boom", recovered: true }]);
  });

  it("a death without any stack is a dump too", () => {
    const [dump] = readDumps(encodeUtf8("panic: boom\n")).dumps;
    expect(dump).toMatchObject({ total: 0, incidents: [{ message: "boom", goroutine: null }] });
  });
});

describe("a goroutine within a panic's value", () => {
  const fake = "goroutine 5 [chan receive]:\nmain.x()\n\t/src/x.go:1 +0x1\n";

  it("is not one of the dump", () => {
    expect(idsOf(`panic: job failed:\n${fake}\n${RUNNING}`)).toEqual([[1]]);
    expect(idsOf(`panic: job failed:\n\n${fake}\n${RUNNING}`)).toEqual([[1]]);
    expect(idsOf(`panic: job failed:\n\t${fake.replaceAll("\n", "\n\t")}\n\n${RUNNING}`)).toEqual([[1]]);
  });

  it("is one after all when the panicking goroutine never comes", () => {
    expect(idsOf(`panic: job failed\n\n${fake}`)).toEqual([[5]]);
  });
});

describe("several dumps in one text", () => {
  const other = RUNNING.replace("goroutine 1", "goroutine 9");

  it("begin where an id comes again", () => {
    expect(idsOf(`${RUNNING}\n${fakeSleeper(2)}\n${RUNNING}`)).toEqual([[1, 2], [1]]);
  });

  it("begin where other text stands before a running goroutine", () => {
    expect(idsOf(`${RUNNING}\nhello\n${other}`)).toEqual([[1], [9]]);
    expect(idsOf(`${RUNNING}\nhello\n${fakeSleeper(2)}`)).toEqual([[1, 2]]);
  });

  it("keep the incident that made each of them", () => {
    const dumps = readDumps(encodeUtf8(`panic: a\n\n${RUNNING}\npanic: b\n\n${RUNNING}`)).dumps;
    expect(dumps.map(({ incidents, startLine }) => [incidents.map(({ message }) => message), startLine])).toEqual([
      [["a"], 0],
      [["b"], 6],
    ]);
  });

  it("are not begun by the sections of further threads", () => {
    const section = `\n-----\n\nSIGQUIT: quit\nPC=0x1 m=2 sigcode=0\n\ngoroutine 0 gp=0x1 m=2 mp=0x2 [idle]:\nruntime.futex()\n\t/go/src/runtime/x.s:1 +0x1\n`;
    const text = `SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n${RUNNING}\nrax    0x0\nrbx    0x1\n${section}rax    0x0\n${section}`;
    expect(idsOf(text)).toEqual([[1, 0, 0]]);
    expect(incidentsOf(text)).toHaveLength(1);
  });
});

function fakeSleeper(id: number): string {
  return `goroutine ${id} [sleep]:\nmain.sleep()\n\t/src/main.go:3 +0x1\n`;
}

import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import { type Dump, Flag, NO_WAIT } from "../../server/src/core/model/dump.ts";
import { stackOf } from "../../server/src/core/model/stack.ts";
import { DumpReader, type Reading, readDumps } from "../../server/src/core/read/dumpReader.ts";
import { english } from "../../server/src/core/text/say.ts";

function read(...lines: readonly string[]): Reading {
  return readDumps(new TextEncoder().encode(`${lines.join("\n")}\n`));
}

/** The rows of a dump, each as a line: id, state, wait, count, frames and creator. */
function rowsOf(dump: Dump | undefined): readonly string[] {
  if (dump === undefined) return [];
  const { goroutines: columns } = dump;
  return Array.from({ length: columns.length }, (_, row) => {
    const { frames, createdBy, elidedAfter } = stackOf(dump, at(columns.stack, row));
    const wait = at(columns.wait, row);
    const shown = frames.map(({ function: name, file, line }) => (file === null ? name : `${name}@${file}:${line}`));
    return [
      at(columns.id, row),
      dump.states[at(columns.state, row)],
      wait === NO_WAIT ? "-" : `${wait}m`,
      columns.weight === null ? "-" : `x${at(columns.weight, row)}`,
      shown.join(" < ") + (elidedAfter === null ? "" : " ..."),
      createdBy === null ? "-" : createdBy.function,
    ].join(" | ");
  });
}

describe("a profile as text", () => {
  it("gives counts, labels in all their quoting, and states only where the frames prove them", () => {
    const [dump] = read(
      "goroutine profile: total 8",
      "4 @ 0x43 0x44",
      '# labels: {"route":"/buy", "team":"zoë \\"x\\""}',
      "#\t0x45dba4\tsync.runtime_SemacquireMutex+0x24\t/usr/local/go/src/runtime/sema.go:77",
      "#\t0x466b04\tsync.(*Mutex).lockSlow+0x164\t\t/usr/local/go/src/sync/mutex.go:171",
      "",
      "2 @ 0x43 0x45",
      "#\t0x6b50d9\tmain.(*Hub).deliver+0x39\t/home/a b/hub.go:58",
      "",
      "1 @ 0x43 0x46",
      "#\t0x18\tgo.(*struct { sync.Mutex; n int }).Lock+0x1\tC:/x/y.go:3",
      "",
      "1 @ 0x47d6e1",
      "",
    ).dumps;
    expect(rowsOf(dump)).toEqual([
      "-1 | sync.Mutex.Lock | - | x4 | sync.runtime_SemacquireMutex@/usr/local/go/src/runtime/sema.go:77 < sync.(*Mutex).lockSlow@/usr/local/go/src/sync/mutex.go:171 | -",
      "-1 | unknown | - | x2 | main.(*Hub).deliver@/home/a b/hub.go:58 | -",
      "-1 | unknown | - | x1 | go.(*struct { sync.Mutex; n int }).Lock@C:/x/y.go:3 | -",
      "-1 | unknown | - | x1 |  | -",
    ]);
    expect(dump?.labelSets[1]).toEqual([
      ["route", "/buy"],
      ["team", 'zoë "x"'],
    ]);
    expect([at(dump!.goroutines.flags, 0), at(dump!.goroutines.flags, 1)]).toEqual([Flag.inferredState, 0]);
    expect(dump?.notes).toEqual([]);
  });

  it("without symbols, or of Go 1.7 and before, gives addresses for functions", () => {
    const [dump] = read("goroutine profile: total 3", "2 @ 0x186f6 0x1870a", "1 @ 0x1 0x2", "#\t0x186f6", "").dumps;
    expect(rowsOf(dump)).toEqual([
      "-1 | unknown | - | x2 | 0x186f6 < 0x1870a | -",
      "-1 | unknown | - | x1 | 0x186f6 | -",
    ]);
  });

  it("of leaked goroutines marks them as Go does", () => {
    const [dump] = read("goroutineleak profile: total 1", "1 @ 0x1 0x2", "#\t0x1\tmain.f+0x1\t/x.go:1").dumps;
    expect(dump?.profile).toBe("goroutineleak");
    expect(at(dump!.goroutines.flags, 0)).toBe(Flag.leaked);
  });

  it("whose records do not add up to its total says so", () => {
    const [dump] = read("goroutine profile: total 9", "2 @ 0x1 0x2", "#\t0x1\tmain.f+0x1\t/x.go:1").dumps;
    expect(dump?.notes.map(({ kind, message }) => [kind, english(message)])).toEqual([
      ["inconsistent", "The first line says 9 goroutines, the records add up to 2."],
    ]);
  });

  it.each([
    ["threads", "threadcreate profile: total 5", /profile of threads/],
    ["memory", "heap profile: 3: 1024 [10: 4096] @ heap/1048576", /memory profile/],
    ["blocking", "--- contention:", /block or mutex profile/],
    ["locks", "--- mutex:", /block or mutex profile/],
    ["something else", "tcpconns profile: total 5", /of its own kind \(tcpconns\)/],
  ])("of %s is named, and no goroutines are made of it", (_, title, expected) => {
    const { dumps, notes } = read(title, "4 @", "#\t0x0", "", "1 @ 0x43a715", "#\t0x43a714\tmain.f+0x1\t/x.go:1");
    expect(dumps).toEqual([]);
    expect(notes.map(({ kind, message }) => `${kind}: ${english(message)}`).join()).toMatch(expected);
  });
});

describe("go tool pprof", () => {
  it("-traces with labels, inlined frames, lines and addresses is read", () => {
    const [dump] = read(
      "File: shopd",
      "Type: goroutine",
      "Time: Nov 21, 2026 at 3:25pm (UTC)",
      "-----------+-------------------------------------------------------",
      "    tenant:  acme: one",
      "        12   00000000004057fc runtime.gopark /go/src/runtime/proc.go:402",
      "             runtime.chanrecv1 /go/src/runtime/chan.go:442 (inline)",
      "             main.F[go.shape.int] /home/a b/main.go:7",
      "-----------+-------------------------------------------------------",
      "         1   main.idle",
      "-----------+-------------------------------------------------------",
    ).dumps;
    expect(dump).toMatchObject({ form: "pprof-traces", total: 13, time: "2026-11-21T15:25:00Z" });
    expect(rowsOf(dump)).toEqual([
      "-1 | chan receive | - | x12 | runtime.gopark@/go/src/runtime/proc.go:402 < runtime.chanrecv1@/go/src/runtime/chan.go:442 < main.F[...]@/home/a b/main.go:7 | -",
      "-1 | unknown | - | x1 | main.idle | -",
    ]);
    expect(dump?.labelSets[1]).toEqual([["tenant", "acme: one"]]);
  });

  it("-raw is put together from its locations, inlined ones and ones without symbols included", () => {
    const [dump] = read(
      "PeriodType: goroutine count",
      "Period: 1",
      "Samples:",
      "goroutine/count",
      "          5: 1 2 3 ",
      "                route:[/buy] ",
      "Locations",
      "     1: 0x48cf29 M=1 main.inner /x/a.go:4:0 s=1",
      "             main.outer /x/a.go:9:0 s=8",
      "     2: 0x48cf30 M=1 ",
      "     3: 0x48cf31 M=1 main.main /x/main.go:64 s=25",
      "Mappings",
      "1: 0x400000/0x788000/0x0 /srv/shopd bc1aa91c [FN]",
      "and then something else",
    ).dumps;
    expect(rowsOf(dump)).toEqual([
      "-1 | unknown | - | x5 | main.inner@/x/a.go:4 < main.outer@/x/a.go:9 < 0x48cf30 < main.main@/x/main.go:64 | -",
    ]);
    expect(dump).toMatchObject({ form: "pprof-raw", endLine: 13 });
  });

  it.each([
    ["-top", "       402 99.75% 99.75%        402 99.75%  runtime.gopark"],
    ["-tree", "       402 99.75% 99.75%        402 99.75%                | runtime.gopark"],
  ])("%s gives functions to look up, the total it says, and invents no goroutines", (_, line) => {
    const [dump] = read(
      "Type: goroutine",
      "Showing nodes accounting for 402, 99.75% of 403 total",
      "      flat  flat%   sum%        cum   cum%",
      line,
      "         0     0% 99.75%        400 99.26%  main.(*Hub).deliver /x/hub.go:58",
    ).dumps;
    expect(dump).toMatchObject({ form: "pprof-report", total: 403 });
    expect(rowsOf(dump)).toEqual([]);
    const frames = dump!.systemStacks.map(({ stack }) => stackOf(dump!, stack).frames[0]);
    expect(frames.map((frame) => [frame?.function, frame?.line])).toEqual([
      ["runtime.gopark", null],
      ["main.(*Hub).deliver", 58],
    ]);
  });

  it("of another profile is named", () => {
    const { dumps, notes } = read(
      "Type: cpu",
      "Time: 2026-01-02 03:04:05 UTC",
      "Showing nodes accounting for 1, 1% of 9 total",
    );
    expect(dumps).toEqual([]);
    expect(english(notes[0]!.message)).toMatch(/CPU profile/);
  });
});

describe("a race report", () => {
  it("gives both accesses, the creations, and a goroutine for each of them", () => {
    const [dump] = read(
      "program output",
      "==================",
      "WARNING: DATA RACE",
      "Read at 0x00c00001a0c8 by goroutine 8:",
      "  example.com/x.reader[go.shape.string]()",
      "      /src/x/main.go:8 +0x3a",
      "",
      "Previous write at 0x00c00001a0c8 by main goroutine:",
      "  [failed to restore the stack]",
      "",
      "Heap block of size 8 at 0x00c00001a0c8 allocated by main goroutine:",
      "  main.alloc()",
      "      /src/x/main.go:3 +0x1",
      "",
      "Goroutine 8 (running) created at:",
      "  main.main()",
      "      /src/x/main.go:12 +0x116",
      "  runtime.main()",
      "      /go/src/runtime/proc.go:250 +0x1",
      "==================",
      "Found 1 data race(s)",
    ).dumps;
    expect(dump?.form).toBe("race");
    expect(rowsOf(dump)).toEqual(["8 | running | - | - | example.com/x.reader[...]@/src/x/main.go:8 | main.main"]);
    expect(dump?.races).toMatchObject([
      {
        line: 2,
        accesses: [
          { operation: "Read", address: "0x00c00001a0c8", goroutine: 8, line: 3 },
          { operation: "Previous write", goroutine: 0, stack: null },
        ],
        creations: [{ goroutine: 8, status: "running", line: 14 }],
      },
    ]);
  });

  it("of Go 1.7 and before has no addresses, and may be cut", () => {
    const [dump] = read("WARNING: DATA RACE", "Read by goroutine 7:", "  main.f()", "      /x.go:1 +0x1").dumps;
    expect(dump?.races[0]?.accesses).toMatchObject([{ operation: "Read", address: null, goroutine: 7 }]);
  });
});

describe("a leak checker", () => {
  it.each([
    ["of goleak 1.3", []],
    ["of goleak 1.2, which repeats the header", ["goroutine 20 [chan receive, 2 minutes]:"]],
  ])("report %s is read, indented as t.Error does", (_, repeated) => {
    const [dump] = read(
      "    leaks.go:78: found unexpected goroutines:",
      ...[
        "[Goroutine 20 in state chan receive, 2 minutes, with main.leak.func1 on top of the stack:",
        ...repeated,
        "main.leak.func1()",
        "\t/src/x.go:5 +0x1",
        "created by main.leak in goroutine 7",
        "\t/src/x.go:4 +0x2",
        "",
        " Goroutine 21 in state select, with main.wait on top of the stack:",
        "main.wait()",
        "\t/src/x.go:9 +0x1",
        "]",
      ].map((line) => `        ${line}`),
      "--- FAIL: TestX (0.4s)",
    ).dumps;
    expect(dump?.form).toBe("goleak");
    expect(rowsOf(dump)).toEqual([
      "20 | chan receive | 2m | - | main.leak.func1@/src/x.go:5 | main.leak",
      "21 | select | - | - | main.wait@/src/x.go:9 | -",
    ]);
  });

  it("report of leaktest is read, each header behind the test's words", () => {
    const { dumps } = read(
      "    leaktest.go:150: leaktest: leaked goroutine: goroutine 7 [chan receive]:",
      "        main.f()",
      "        \t/x.go:1 +0x1",
      "    leaktest.go:150: leaktest: leaked goroutine: goroutine 9 [select]:",
      "        main.g()",
      "        \t/x.go:2 +0x1",
    );
    expect(dumps.flatMap(rowsOf)).toEqual([
      "7 | chan receive | - | - | main.f@/x.go:1 | -",
      "9 | select | - | - | main.g@/x.go:2 | -",
    ]);
  });
});

describe("a debugger's list", () => {
  it("of Delve is read, with stacks, waits and labels", () => {
    const [dump] = read(
      "(dlv) goroutines -t",
      "  Goroutine 1 - User: ./main.go:12 main.main (0x4a1b2c) (thread 12345)",
      "\t0  0x000000000043c8ee in main.work",
      "\t    at ./main.go:12",
      "\t1  0x0000000000409e7d in runtime.main",
      "\t    at /usr/local/go/src/runtime/proc.go:283",
      "\t(truncated)",
      "* Goroutine 18 - User: /src/x/w.go:40 example.com/x.(*W).run (0x4b2c3d) [chan receive 2h3m4.5s]",
      '\tLabels: "route":"/buy", "k":"v"',
      "  Goroutine 19 - User: /src/x/w.go:41 main.g (0x4b2c3d) [select 171654321098765]",
      "  Goroutine 20 - Go: /src/x/w.go:42 main.h (0x4b2c3d)",
      "[4 goroutines]",
    ).dumps;
    expect(rowsOf(dump)).toEqual([
      "1 | running | - | - | main.work@./main.go:12 < runtime.main@/usr/local/go/src/runtime/proc.go:283 ... | -",
      "18 | chan receive | 123m | - | example.com/x.(*W).run@/src/x/w.go:40 | -",
      "19 | select | - | - | main.g@/src/x/w.go:41 | -",
      "20 | unknown | - | - |  | main.h",
    ]);
    expect(dump?.labelSets[1]).toEqual([
      ["k", "v"],
      ["route", "/buy"],
    ]);
  });

  it("of gdb is read, with the backtraces that follow it", () => {
    const [dump] = read(
      "(gdb) info goroutines",
      "* 1 running  runtime.futex",
      "  17 waiting  runtime.gopark",
      "(gdb) goroutine 17 bt",
      "#0  runtime.gopark (unlockf={void (struct runtime.g *)} 0xc0) at /go/src/runtime/proc.go:398",
      "#1  0x000000000043c8ee in main.f () at /src/x/main.go:9",
    ).dumps;
    expect(rowsOf(dump)).toEqual([
      "1 | running | - | - | runtime.futex | -",
      "17 | waiting | - | - | runtime.gopark@/go/src/runtime/proc.go:398 < main.f@/src/x/main.go:9 | -",
    ]);
  });
});

function goroutine(id: number): readonly string[] {
  return [`goroutine ${id} [select]:`, `main.f${id}()`, "\t/x.go:1 +0x1", ""];
}

/** A record of `go test -json`. */
function output(name: string, line: string): string {
  return JSON.stringify({ Action: "output", Package: name, Output: `${line}\n` });
}

describe("several texts in one", () => {
  it("are kept apart when two services write between each other's lines", () => {
    const one = [...goroutine(1), ...goroutine(2)].map((line) => `web-1  | ${line}`);
    const two = [...goroutine(1), ...goroutine(3)].map((line) => `web-2  | ${line}`);
    const { dumps } = read(...one.flatMap((line, index) => [line, two[index] ?? "", "db-1   | checkpoint (12 ms)"]));
    expect(dumps.map((dump) => rowsOf(dump).map((row) => row.split(" ")[0]))).toEqual([
      ["1", "2"],
      ["1", "3"],
    ]);
    expect(dumps[1]?.notes.map(({ kind }) => kind)).toContain("mixed");
  });

  it("of go test -json are kept apart by package", () => {
    const lines = goroutine(5).flatMap((line, index) => [output("a", line), output("b", goroutine(6)[index] ?? "")]);
    expect(read(...lines).dumps.map(rowsOf)).toEqual([
      ["5 | select | - | - | main.f5@/x.go:1 | -"],
      ["6 | select | - | - | main.f6@/x.go:1 | -"],
    ]);
  });

  it("have the time that the line above or the log's own times say", () => {
    const above = read("2026-01-02 03:04:05 stdout:", "", ...goroutine(1)).dumps[0]?.time;
    const own = read(...goroutine(1).map((line) => `2026-01-02T03:04:06.5Z ${line}`)).dumps[0]?.time;
    expect([above, own]).toEqual(["2026-01-02T03:04:05", "2026-01-02T03:04:06.5Z"]);
  });

  it("need no prefix in every line: a log entry has it in its first one only", () => {
    const [dump] = read(
      "2026/01/02 03:04:05 stack: goroutine 4 [running]:",
      "main.f()",
      "\t/x.go:1 +0x1",
      "other",
    ).dumps;
    expect(rowsOf(dump)).toEqual(["4 | running | - | - | main.f@/x.go:1 | -"]);
    expect(dump?.wrapping).toBeNull();
  });

  it("can be told what stands before each line where nothing would show it", () => {
    const reader = new DumpReader("*~");
    reader.push(
      new TextEncoder().encode(
        goroutine(4)
          .map((line, index) => `${"xyzw"[index]}${index}~${line}\n`)
          .join(""),
      ),
    );
    expect(reader.end().dumps.map(rowsOf)).toEqual([["4 | select | - | - | main.f4@/x.go:1 | -"]]);
  });

  it("that are no text are noted", () => {
    const { notes } = readDumps(Uint8Array.from([0x61, 0, 0x0a, 0xff, 0x0a]));
    expect(notes.map(({ kind, message }) => `${kind}: ${english(message)}`)).toEqual([
      "binary: 1 line holds NUL bytes: the text is damaged, or no text (line 1).",
      "binary: 1 line holds bytes that are not UTF-8 (line 2).",
    ]);
  });
});

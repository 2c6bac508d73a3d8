import { describe, expect, it } from "vitest";
import { at } from "../../../server/src/core/model/column.ts";
import { type Dump, NO_WAIT } from "../../../server/src/core/model/dump.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { blockSpan, readCalls } from "../../../server/src/core/analysis/readArguments.ts";
import { readBlock } from "../../../server/src/core/forms/traceback/block.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";

function read(...lines: readonly string[]): readonly Dump[] {
  return readDumps(new TextEncoder().encode(`${lines.join("\n")}\n`)).dumps;
}

/** Each goroutine as `id state: function@file:line < ...`. */
function goroutinesOf(...lines: readonly string[]): readonly string[] {
  return read(...lines).flatMap((dump) =>
    Array.from({ length: dump.goroutines.length }, (_, row) => {
      const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
      const places = frames.map(({ function: name, file, line }) => (file === null ? name : `${name}@${file}:${line}`));
      return `${at(dump.goroutines.id, row)} ${dump.states[at(dump.goroutines.state, row)]}: ${places.join(" < ")}`;
    }),
  );
}

/** What a server logs of a panic it has recovered. */
function loggedPanic(message: string, line: number): readonly string[] {
  return [
    `2021/05/02 12:06:09 http: panic serving 10.4.0.51:45366: ${message}`,
    `goroutine ${line} [running]:`,
    "main.f()",
    `\t/m.go:${line} +0x1`,
  ];
}

/** A goroutine whose labels follow the bracket at once, as CockroachDB proposed them (golang/go#74964). */
function labelled(id: number): readonly string[] {
  const header = `goroutine ${id} [chan receive, 3 minutes]{"service": "users ${id % 2}"}:`;
  return [header, "main.f()", "\t/m.go:1 +0x1", ""];
}

/** A race report of 2012. */
function firstRace(address: string): readonly string[] {
  return [
    `WARNING: DATA RACE at ${address}`,
    "Write by goroutine 27:",
    "  main.func·042()",
    "      /m.go:145 +0xb01",
    "  gosched0()",
    "      /go/src/pkg/runtime/proc.c:1218 +0x9f",
    "Previous read by goroutine 39:",
    "  [failed to restore the stack]",
    "Goroutine 27 (running) created at:",
    "  main.main()",
    "      /m.go:96 +0xa9a",
  ];
}

describe("lines that a copy has changed", () => {
  it("are read when a blank line parts some calls from their places", () => {
    const [one, ...rest] = read(
      "goroutine 5 [running]:",
      "main.f({0xc000f52000?, 0xc001367050?})",
      "",
      "\t/m.go:694 +0x20a",
      "main.g()",
      "\t/m.go:212 +0x925",
      "created by main.main in goroutine 1",
      "",
      "\t/m.go:3 +0x1",
      "",
      "goroutine 1 [chan receive]:",
      "main.main()",
      "\t/m.go:106 +0x6ce",
    );
    expect(rest).toEqual([]);
    expect(one).toMatchObject({ systemStacks: [], notes: [] });
    expect(
      goroutinesOf("goroutine 5 [select]:", "main.f(...)", "", "\t/m.go:6 +0x2", "", "main.h()", "\t/h.go:1 +0x1"),
    ).toEqual(["5 select: main.f@/m.go:6"]);
    expect(goroutinesOf("goroutine 5 [select]:", "main.f(...)", "", "main.h()", "\t/h.go:1 +0x1")).toEqual([
      "5 select: main.f",
    ]);
  });

  it("are read when each has another blank line behind it", () => {
    expect(
      goroutinesOf(
        "goroutine 1 [select]:",
        "",
        "main.wait(0xc000100000)",
        "",
        "\t/src/main.go:12 +0x79d",
        "",
        "main.main()",
        "",
        "\t/src/main.go:30 +0x83",
        "",
        "",
        "goroutine 6 [chan send]:",
        "",
        "main.push(0xc000100000)",
        "",
        "\t/src/main.go:44 +0x65",
      ),
    ).toEqual([
      "1 select: main.wait@/src/main.go:12 < main.main@/src/main.go:30",
      "6 chan send: main.push@/src/main.go:44",
    ]);
  });

  it("leave a goroutine without frames alone", () => {
    const dumps = read("goroutine 1 [select]:", "", "some words", "", "goroutine 2 [select]:", "main.f()", "\t/m.go:1");
    expect(dumps.flatMap(({ notes }) => notes.map(({ kind }) => kind))).toEqual([]);
    expect(dumps.map(({ total }) => total)).toEqual([2]);
  });

  it("are read with the blanks of a terminal and its ^M", () => {
    expect(goroutinesOf("goroutine 1 [select]:^M   ", "main.f()^M   ", "\t/m.go:1 +0x1^M   ", "^M  ")).toEqual([
      "1 select: main.f@/m.go:1",
    ]);
  });

  it.each(["wasm_exec.js:22:14", "(index):51", "VM12:3:4", "bundle.min.js:1:88"])(
    "are read with %s of a console behind them, the panic above as well",
    (place) => {
      const lines = [
        "panic: lost",
        "",
        "goroutine 1 [running]:",
        "main.f(0x1)",
        "\t/m.go:1 +0x1",
        "main.main()",
        "\t/m.go:2",
      ];
      const [dump, ...others] = read(...lines.map((line) => `${line === "" ? "<empty string>" : line} ${place}`));
      expect(others).toEqual([]);
      expect(dump?.incidents.map(({ message, goroutine }) => [message, goroutine])).toEqual([["lost", 0]]);
      expect(dump?.total).toBe(1);
    },
  );

  it("leave a panic alone that names a place in a script by itself", () => {
    const [dump] = read(
      "panic: TypeError at app.js:50:14",
      "",
      "goroutine 1 [running]:",
      "main.main()",
      "\t/m.go:2 +0x1",
    );
    expect(dump?.incidents[0]?.message).toBe("TypeError at app.js:50:14");
  });

  it("are read where arguments go on in the next lines, and the arguments again", () => {
    const text = [
      "goroutine 5 [semacquire]:",
      "sync.(*Mutex).Lock(0xc000010000)",
      "\t/go/src/sync/mutex.go:81 +0x1",
      "example.org/p.(*T).Read(0xc000010000, 0xc2000de000,",
      "0x1000, 0x1000,",
      "0x51373842, ...)",
      "\t/src/p/t.go:130 +0x5d",
      "",
    ].join("\n");
    const bytes = new TextEncoder().encode(text);
    const [dump] = readDumps(bytes).dumps;
    expect(goroutinesOf(text)).toEqual([
      "5 semacquire: sync.(*Mutex).Lock@/go/src/sync/mutex.go:81 < example.org/p.(*T).Read@/src/p/t.go:130",
    ]);
    const { start, end } = blockSpan(dump!, 0);
    const calls = readCalls(dump!, 0, bytes.subarray(start, end));
    expect(calls?.[1]?.args).toBe("0xc000010000, 0xc2000de000,0x1000, 0x1000,0x51373842, ...");
  });

  it("are never taken for a function when they are the rest of arguments", () => {
    const [dump] = read(
      "goroutine 5 [select]:",
      "0x51373842, ...)",
      "\t/src/p/t.go:130 +0x5d",
      "main.f()",
      "\t/m.go:1",
    );
    expect(dump?.functions).toEqual(["main.f"]);
    expect(dump?.notes.map(({ kind }) => kind)).toEqual(["unparsed"]);
  });

  it("are frames where a call and its place are shortened to one line", () => {
    const text = [
      "goroutine 20 [sync.RWMutex.RLock, 5 minutes]:",
      "  shop/ca.(*Authority).Fingerprint(...)      ca.go:30",
      "  shop/config.Snapshot()                     config.go:58",
      "  shop/ca.(*Authority).Import(0xc000408390)\tC:/src/ca/ca.go:201 +0x1d",
      "shop/ca.Map[...].rotate  ca.go:84",
      "shop/ca.Start.func1() /src/ca/ca.go:84 +0x1d",
      "",
    ].join("\n");
    expect(goroutinesOf(text)).toEqual([
      "20 sync.RWMutex.RLock: shop/ca.(*Authority).Fingerprint@ca.go:30 < shop/config.Snapshot@config.go:58 < " +
        "shop/ca.(*Authority).Import@C:/src/ca/ca.go:201 < shop/ca.Map[...].rotate@ca.go:84 < " +
        "shop/ca.Start.func1@/src/ca/ca.go:84",
    ]);
    const lines = text.split("\n");
    const block = readBlock(lines.map((line, number) => ({ text: line, number, offset: 100 * number, runs: null })));
    expect(block?.frames.map(({ args }) => args)).toEqual(["...", "", "0xc000408390", null, ""]);
    const [first, , third] = block?.frames ?? [];
    expect([first?.functionSpan.start, first?.placeSpan, third?.placeSpan?.end]).toEqual([
      102,
      { start: 100 + (lines[1]?.indexOf("ca.go") ?? 0), end: 100 + (lines[1]?.length ?? 0) },
      300 + (lines[3]?.indexOf(" +0x1d") ?? 0),
    ]);
  });

  it("are places, however they are printed, where they stand below a call", () => {
    const text = [
      "goroutine 7 [select]:",
      "main.f(0x1)",
      "\tx.y/pkg/a.go:12 +0x1d",
      "main.g(0x1)",
      "\tC:/Program  Files/Go/b.go:13 +0x1d",
    ];
    expect(goroutinesOf(...text)).toEqual(["7 select: main.f@x.y/pkg/a.go:12 < main.g@C:/Program  Files/Go/b.go:13"]);
  });

  it("are read where labels follow the bracket at once", () => {
    const [dump] = read("goroutine 8 [running]{route: /x}:", "main.f()", "\t/m.go:1 +0x1");
    expect(dump?.labelSets[1]).toEqual([["route", "/x"]]);
    const [many] = read(...Array.from({ length: 50 }, (_, index) => labelled(index + 1)).flat());
    expect([many?.total, many?.states, many?.labelSets.length]).toEqual([50, ["chan receive"], 3]);
    expect(at(many!.goroutines.wait, 49)).toBe(3);
  });

  it("are two when a header stands before its first call, quoted or with labels as well", () => {
    const glued = "goroutine 8 [select, 3 minutes]{route: /x}: main.f(0x1)";
    expect(goroutinesOf(glued, "\t/m.go:1 +0x1")).toEqual(["8 select: main.f@/m.go:1"]);
    expect(goroutinesOf(`| ${glued}`, "| \t/m.go:1 +0x1")).toEqual(["8 select: main.f@/m.go:1"]);
    const [dump] = read(glued, "\t/m.go:1 +0x1");
    expect(at(dump!.goroutines.wait, 0)).not.toBe(NO_WAIT);
  });

  it("are quoted with a backtick at both ends", () => {
    const [dump] = read("`panic: oh", "", "goroutine 1 [running]:", "main.main()", "\t/m.go:2 +0x1`", "", "words");
    expect(dump?.incidents.map(({ message }) => message)).toEqual(["oh"]);
    expect(dump?.notes).toEqual([]);
  });
});

describe("a panic", () => {
  it("has no goroutine when the one that panicked was cut out", () => {
    const [dump] = read("panic: oh", "", "goroutine 31 [select]:", "main.f()", "\t/m.go:1 +0x1");
    expect(dump?.incidents.map(({ goroutine }) => goroutine)).toEqual([null]);
  });

  it("happened to the goroutine behind the thread's scheduler", () => {
    const [dump] = read(
      "panic: fatal error: malloc during signal",
      "panic during panic",
      "",
      "goroutine 0 [idle]:",
      "runtime.throw()",
      "\t/go/src/runtime/panic.go:526 +0x83",
      "",
      "goroutine 88 [running]:",
      "main.f()",
      "\t/m.go:1 +0x1",
    );
    expect(dump?.incidents.map(({ goroutine }) => goroutine)).toEqual([1]);
  });

  it("that a program logs ends the stack above it", () => {
    const dumps = read(...loggedPanic("first", 10), ...loggedPanic("second", 20), ...loggedPanic("third", 30));
    const said = dumps.flatMap(({ incidents, goroutines }) =>
      incidents.map(({ message, goroutine }) => [message, goroutine === null ? null : at(goroutines.id, goroutine)]),
    );
    expect(said).toEqual([
      ["first", 10],
      ["second", 20],
      ["third", 30],
    ]);
  });
});

describe("a profile without its first line", () => {
  const rows = ["2 @ 0x43 0x44", "#\t0x45\tmain.f+0x2\t/m.go:7", "", "3 @ 0x43 0x46", "#\t0x47\tmain.g+0x2\t/m.go:9"];

  it("is read, and said to be part of one", () => {
    const [dump] = read("see this:", "", ...rows);
    expect([dump?.total, dump?.profile, dump?.notes.map(({ kind }) => kind)]).toEqual([5, "goroutine", ["truncated"]]);
  });

  it("is not taken for goroutines below another profile's title", () => {
    expect(read("threadcreate profile: total 5", ...rows)).toEqual([]);
  });

  it("has its frames without the # that Markdown eats", () => {
    const [dump] = read("goroutine profile: total 5", ...rows.map((row) => row.replace(/^#\t/, "        ")));
    expect([dump?.total, dump?.functions, dump?.notes]).toEqual([5, ["main.f", "main.g"], []]);
  });
});

describe("a race report of the first detector", () => {
  it("has the address in its title", () => {
    const [dump] = read(
      "WARNING: DATA RACE at 0x0000401195c8",
      "Read by goroutine 9:",
      "  main.f()",
      "      /m.go:81 +0x41",
      "Previous write by main goroutine:",
      "  main.g()",
      "      /m.go:60 +0x78",
      "Goroutine 9 (running) created at:",
      "  main.main()",
      "      /m.go:39 +0x7be",
    );
    expect(dump?.races.map(({ accesses }) => accesses.map(({ address }) => address))).toEqual([
      ["0x0000401195c8", "0x0000401195c8"],
    ]);
  });
});

describe("race reports of the first detector, without rulers", () => {
  it("are told apart by their titles, with frames of a runtime in C", () => {
    const [dump, ...others] = read(...firstRace("0x1"), ...firstRace("0x2"), "exit status 66");
    expect(others).toEqual([]);
    expect(dump?.races.map(({ accesses }) => accesses.map(({ address, stack }) => [address, stack !== null]))).toEqual([
      [
        ["0x1", true],
        ["0x1", false],
      ],
      [
        ["0x2", true],
        ["0x2", false],
      ],
    ]);
    expect(dump?.functions).toContain("gosched0");
  });
});

describe("a progress report", () => {
  it("is read without the lines of the source, and a lone header of no use is not", () => {
    expect(
      goroutinesOf(
        "  goroutine 64 [chan receive, 2 minutes]",
        "  > example.org/t.glob..func1.2({0x7f64d427ba40, 0xc001f44700})",
        "      /src/t_test.go:71",
        "        | func() {",
        "        > \t<-done(0x1)",
        "    example.org/t.run(0x1)",
        "      /src/t_test.go:9",
        "",
      ),
    ).toEqual(["64 chan receive: example.org/t.glob..func1.2@/src/t_test.go:71 < example.org/t.run@/src/t_test.go:9"]);
    expect(read("  goroutine 64 [chan receive]", "  and nothing more")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { coverageOf } from "../../../server/src/core/analysis/coverage.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { english } from "../../../server/src/core/text/say.ts";

const MAIN = ["goroutine 1 [chan receive]:", "main.main()", "\t/src/main.go:3 +0x1", ""];
const OTHER = [
  "goroutine 7 [select]:",
  "main.loop()",
  "\t/src/main.go:9 +0x1",
  "created by main.main in goroutine 1",
  "\t/src/main.go:2 +0x1",
  "",
];
const TAKER = ["goroutine 9 [running]:", "main.dump()", "\t/src/main.go:5 +0x1", ""];

function coverage(...lines: readonly string[]): string {
  const [dump] = readDumps(new TextEncoder().encode(`${lines.join("\n")}\n`)).dumps;
  const { kind, reason } = coverageOf(dump!);
  return `${kind}: ${english(reason)}`;
}

function aborted(call: string): string {
  const signal = [
    "SIGABRT: abort",
    "PC=0x495041 m=0 sigcode=0",
    "",
    "goroutine 0 gp=0x1b75b00 m=0 mp=0x1b76ce0 [idle]:",
  ];
  return coverage(...signal, `${call}(0x1, 0x80)`, "\t/go/src/a.s:569 +0x21", "", ...MAIN, ...OTHER);
}

describe("a dump is whole", () => {
  it("with main and whoever took it", () => {
    expect(coverage(...TAKER, ...MAIN, ...OTHER)).toMatch(/^whole/);
  });

  it("with main where a signal asked for it", () => {
    expect(coverage("SIGQUIT: quit", "", ...MAIN, ...OTHER)).toMatch(/^whole/);
  });

  it("when the program was aborted from outside: the signal met a thread at rest", () => {
    expect(aborted("runtime.futex")).toMatch(/^whole/);
    expect(aborted("internal/runtime/syscall.Syscall6")).toMatch(/^whole/);
    expect(aborted("runtime.asmcgocall.abi0")).toMatch(/^crash/);
  });

  it("when Go saw that nobody can go on, and when a test took too long", () => {
    expect(coverage("fatal error: all goroutines are asleep - deadlock!", "", ...MAIN, ...OTHER)).toMatch(/^whole/);
    expect(coverage("panic: test timed out after 1s", "", ...TAKER, ...MAIN, ...OTHER)).toMatch(/^whole/);
  });

  it("as a profile whose rows add up to its total", () => {
    const rows = ["2 @ 0x43 0x44", "#\t0x45\tmain.f+0x2\t/m.go:7", ""];
    expect(coverage("goroutine profile: total 2", ...rows)).toMatch(/^whole/);
    expect(coverage("goroutine profile: total 3", ...rows)).toMatch(/^excerpt: The first line says 3/);
  });
});

describe("a dump is a crash", () => {
  it.each(["panic: oh", "fatal error: concurrent map writes", "SIGSEGV: segmentation violation"])(
    "behind %s",
    (line) => {
      expect(coverage(line, "", ...TAKER, ...MAIN, ...OTHER)).toMatch(/^crash/);
    },
  );

  it("not because of a panic that was recovered", () => {
    expect(coverage("http: panic serving 1.2.3.4:5: oh", ...TAKER, ...MAIN)).toMatch(/^whole/);
  });
});

describe("a dump is an excerpt", () => {
  it.each([
    ["a call is left out", 2],
    ["only its state is left", 4],
  ])("when its last goroutine ends before its outermost call: %s", (_, missing) => {
    const cut = OTHER.slice(0, OTHER.length - 1 - missing).map((line) => line.replace("goroutine 7", "goroutine 8"));
    expect(coverage(...TAKER, ...MAIN, ...OTHER, ...cut)).toBe("excerpt: It ends in the middle of a goroutine.");
  });

  it("not when its last goroutine is one that nobody started, or that runs elsewhere", () => {
    const runtime = ["goroutine 2 [force gc (idle)]:", "runtime.goexit({})", "\t/go/src/runtime/asm.s:1 +0x1", ""];
    const elsewhere = ["goroutine 8 [running]:", "\tgoroutine running on other thread; stack unavailable", ""];
    expect(coverage(...TAKER, ...MAIN, ...runtime)).toMatch(/^whole/);
    expect(coverage(...TAKER, ...MAIN, ...elsewhere)).toMatch(/^whole/);
  });

  it("without goroutine 1", () => {
    expect(coverage(...TAKER, ...OTHER)).toBe("excerpt: Goroutine 1, which runs main, is not in it.");
  });

  it("without the goroutine that took it", () => {
    expect(coverage(...MAIN, ...OTHER)).toBe("excerpt: The goroutine that took the dump is not in it.");
  });

  it("when it begins or ends within a goroutine", () => {
    expect(coverage("main.f(0x1)", "\t/src/main.go:1 +0x1", "", ...TAKER, ...MAIN)).toMatch(/^excerpt: It begins in/);
    const cut = [...TAKER, ...MAIN, "goroutine 7 [select]:", "main.loop(0xc0000"].join("\n");
    const [dump] = readDumps(new TextEncoder().encode(cut)).dumps;
    expect(coverageOf(dump!).kind).toBe("excerpt");
  });

  it("when its writer says that something is left out", () => {
    expect(coverage(...TAKER, ...MAIN, "[...]", "", ...OTHER)).toMatch(/^excerpt: 1 line says/);
    expect(coverage(...TAKER, ...MAIN, "... 300 more like this ...", "", ...OTHER)).toMatch(/^excerpt/);
  });

  it("when its writer says so within a goroutine, which is noted once", () => {
    const within = ["goroutine 7 [select]:", "main.loop()", "\t/src/main.go:9 +0x1", "...", ""];
    const [dump] = readDumps(new TextEncoder().encode([...TAKER, ...MAIN, ...within].join("\n"))).dumps;
    expect(coverageOf(dump!).kind).toBe("excerpt");
    expect(dump!.notes.map(({ kind }) => kind)).toEqual(["truncated"]);
  });

  it("when it is quoted", () => {
    expect(coverage(...[...TAKER, ...MAIN].map((line) => `> ${line}`))).toMatch(/^excerpt: It is quoted/);
  });

  it("as the list of a leak checker", () => {
    const lines = [
      "found unexpected goroutines:",
      "[Goroutine 7 in state select, with main.loop on top of the stack:",
      "main.loop()",
      "\t/src/main.go:9 +0x1",
      "]",
    ];
    expect(coverage(...lines)).toMatch(/^excerpt: A leak checker/);
  });
});

it("is the same where main has no id of its own, but nobody has started it", () => {
  const main = ["goroutine 13 [select]:", "main.main()", "\t/src/main.go:3 +0x1", ""];
  expect(coverage(...TAKER, ...main)).toMatch(/^whole/);
  const started = [
    "goroutine 13 [select]:",
    "main.main.func1()",
    "\t/src/main.go:3 +0x1",
    "created by main.main",
    "\t/src/main.go:2 +0x1",
    "",
  ];
  expect(coverage(...TAKER, ...started)).toMatch(/^excerpt/);
});

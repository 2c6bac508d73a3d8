const HEADER = "goroutine 1 [running]:\n";

/** Texts of n repetitions of something that a careless pattern takes quadratic time for, by what is repeated. */
export const hostileTexts: readonly (readonly [name: string, make: (repetitions: number) => string])[] = (
  [
    ["blanks behind created by", `${HEADER}created by x`, " ", "y\n"],
    ["places in a place", `${HEADER}main.main()\n\t`, "a:1 ", "z\n"],
    ["open parentheses", `${HEADER}main.main`, "(", "x\n"],
    ["calls in a call", HEADER, "f(", ")\n"],
    ["frames of a profile on one line", "goroutine profile: total 1\n1 @ 0x1\n#\t0x1\t", "x+0x1 a:1", "z\n"],
    ["labels of a profile", "goroutine profile: total 1\n1 @ 0x1\n# labels: {", '"a":"b", ', "z\n"],
    ["Delve's goroutines on one line", "* Goroutine 1 - User: ", "a:1 b (0x1) ", "z\n"],
    ["goleak's words", "[Goroutine 1 in state ", ", with x", " on top\n"],
    ["places in pprof's traces", "Type: goroutine\n-----------+-------------\n         1   f", " /a:1", "z\n"],
    ["letters before a title", "", "a", " profile: total z\n"],
    ["escaped quotes in JSON", '{"log":"', 'a\\"', '"}\n'],
    ["escaped line ends", '{"a":"goroutine 1 [running]:', "\\n\\t", '"}\n'],
    ["items of a header", "goroutine 1 [", "a, ", "]:\n"],
    ["labels of a header", "goroutine 1 [running] {", "a: b, ", "z\n"],
    ["unfinished colours", "", "\x1b[1", "\n"],
    ["unfinished tags", "<pre>", "<a", "\n"],
    [
      "cut lines of the kubelet",
      "2026-01-02T03:04:05Z stderr F goroutine 1 [running]:\n",
      "2026-01-02T03:04:05Z stderr P x\n",
      "",
    ],
    ["backslashes", 'x="', "\\", "goroutine 1 [running]:\\n\n"],
    ["registers", HEADER, "ab 0x1 ", "z\n"],
    ["gdb's frames", "info goroutines\n* 1 running  a.b\n(gdb) goroutine 1 bt\n#0  ", "f (a) at b:1", "z\n"],
    ["details of a signal", "panic: x\n[signal ", "code=0x1 ", "z\n"],
    ["unquoted panics", "stack=", "panic: ", " goroutine 1 [running]:\\nx\n"],
    ["blanks before a header", "x", " ", "goroutine 1 [running]:\n"],
    [
      "lines of gdb",
      "info goroutines\n* 1 running  a.b\n(gdb) goroutine 1 bt\n",
      `#0  ${"f (a) at b:1".repeat(150)}\n`,
      "",
    ],
    [
      "lines of Delve",
      "* Goroutine 1 - User: /a.go:1 main.f (0x1)\n",
      `* Goroutine 1 - User: ${"a:1 b (0x1) ".repeat(150)}z\n`,
      "",
    ],
    ["quotes in Delve's labels", "* Goroutine 1 - User: /a.go:1 main.f (0x1)\n\tLabels: ", '"\\', "\n"],
    ["lines of goleak", "", `[Goroutine 1 in state ${", with x".repeat(200)} on top\n`, ""],
    ["labels of pprof", "Type: goroutine\nSamples:\n  1: 1\n", "a:[", "\n"],
    ["closures in a closure", `${HEADER}main.f`, ".func1", "(0x1)\n\t/x/a.go:1 +0x1\n"],
    ["a fence's blanks", HEADER, "``` ", "!\n"],
    ["headers on one line", "x ", "goroutine 1 [running]: ", "\n"],
  ] as const
).map(([name, start, unit, end]) => [name, (repetitions) => start + unit.repeat(repetitions) + end]);

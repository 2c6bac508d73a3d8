import { describe, expect, it } from "vitest";
import { hintsAtDump } from "../../../client/src/model/dumpHint.ts";

const hints = (lines: readonly string[]): boolean => hintsAtDump(lines.length, (line) => lines[line] ?? "");

describe("the hint that a text holds a goroutine dump", () => {
  it.each([
    "goroutine 1 [running]:",
    "goroutine 7 [chan receive, 5 minutes, locked to thread]:",
    "goroutine 0 gp=0xc000006380 m=0 mp=0x5d1f40 [idle]:",
    "2026-11-21T03:04:05Z app[1]: goroutine 8 [select]:",
    "> goroutine 109 [running]:",
    "goroutine profile: total 42",
    "WARNING: DATA RACE",
    "app-1  | WARNING: DATA RACE",
    "POTENTIAL DEADLOCK:",
    "app-1  | POTENTIAL DEADLOCK: Recursive locking:",
  ])("is %j", (line) => {
    expect(hints(["some log line", line])).toBe(true);
  });

  it.each([
    "starting goroutine 5 of 10",
    "the goroutine [1] is running:",
    "goroutine 5 panicked",
    "POTENTIAL DEADLOCK: see below",
    '{"goroutine": 7}',
  ])("is not %j", (line) => {
    expect(hints([line])).toBe(false);
  });

  it("is found at the end of a long log, where a crash is", () => {
    const log = Array.from({ length: 100_000 }, (_, index) => `line ${index}`);

    expect(hints([...log, "goroutine 1 [running]:", "main.main()"])).toBe(true);
  });

  it("looks at a bounded number of lines, and only at their beginnings", () => {
    let looks = 0;
    hintsAtDump(10_000_000, () => {
      looks++;
      return "x";
    });

    expect(looks).toBeLessThanOrEqual(2000);
    expect(hints([`${"x ".repeat(1000)}goroutine 1 [running]:`])).toBe(false);
  });
});

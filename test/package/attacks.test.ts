import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const FIXTURES = "test/fixtures/hostile";
const FRAME = "main.f()\n\t/x/a.go:1 +0x1\n";
const PANICKING = "goroutine 1 [running]:\nmain.main()\n\t/x/main.go:4 +0x1d\n";

/** Seconds of processor time, on a machine that does much else: half of it or less where it does nothing. */
const SECONDS = 8;
const MEGABYTES = 300;

/** Inputs that broke the first release, and what is printed of each. */
const ATTACKS: readonly (readonly [name: string, input: () => string | { readonly file: string }, prints: RegExp])[] = [
  [
    "150,000 labels at one place",
    () =>
      Array.from(
        { length: 150_000 },
        (_, i) =>
          `goroutine ${i + 1} [chan receive, 50 minutes] {"request": "r${i}"}:\nmain.worker(0x1)\n\t/x/a.go:10 +0x1\ncreated by main.start in goroutine 1\n\t/x/a.go:3 +0x1\n\n`,
      ).join(""),
    /150,?000 goroutines .*blocked in main\.worker/s,
  ],
  [
    "130,000 panics",
    () => `${"panic: x\n".repeat(130_000)}\n${PANICKING}`,
    /129000 panics, errors and signals behind the first 1000/,
  ],
  ["200,000 blanks before a header", () => `x${" ".repeat(200_000)}goroutine 1 [running]:\n`, /1 goroutine in 1 group/],
  [
    "a stack of 300,000 frames",
    () => `goroutine 1 [running]:\n${"main.f(...)\n\t/x/a.go:10\n".repeat(300_000)}`,
    /main\.f {2}\/x\/a\.go:10 {2}\(10000 times\)/,
  ],
  ["80,000 tiny dumps", () => `goroutine 1 [running]:\n${FRAME}\n`.repeat(80_000), /1 goroutine in 1 group/],
  [
    "a profile of 224 bytes that has five million frames",
    () => ({ file: `${FIXTURES}/pb-amplification-224-bytes.pb.gz` }),
    /[Ss]tacks? ha(?:s|ve) more than 10000 frames/,
  ],
  [
    "2,000 dumps whose locks are read again",
    () => ({ file: `${FIXTURES}/lock-dumps-2000.gz` }),
    /goroutines? in \d+ groups?/,
  ],
  ["a label that ends lines", () => ({ file: `${FIXTURES}/label-newline.pb` }), /\\u000a/],
  [
    "a chain of panics on one line",
    () =>
      `${JSON.stringify({ level: "error", stack: `panic: boom [recovered]\n\tpanic: boom\n\n${PANICKING}exit status 2\n` })}\n`,
    /^(?!.*recovered, the program went on).*Panic: boom/is,
  ],
  [
    "a state that every object has",
    () => "goroutine 3 [toString, 5 minutes]:\nmain.g()\n\t/src/x/main.go:28 +0x3a\n",
    /Nothing looks leaked, stuck or deadlocked/,
  ],
  [
    "a name of 5 MB",
    () => `goroutine 1 [running]:\nmain.${"f".repeat(5_000_000)}()\n\t/x/a.go:1 +0x1\n`,
    /1 name is cut/,
  ],
  ["a state of 10 MB", () => `goroutine 1 [${"x".repeat(10_000_000)}]:\n${FRAME}`, /1 state is cut/],
];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "attacks-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(ATTACKS)("%s: read in bounds of time and memory", { timeout: 60_000 }, (_, input, prints) => {
  const made = input();
  const file = typeof made === "string" ? join(folder, "attack.dump") : made.file;
  if (typeof made === "string") writeFileSync(file, made);
  const args = ["--require", "./test/support/printUsage.cjs", "dist/node/cli.js", "analyze", file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  const usage = JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "") as { seconds: number; megabytes: number };

  expect(status).toBe(0);
  expect(stdout).toMatch(prints);
  expect(usage.seconds).toBeLessThan(SECONDS);
  expect(usage.megabytes).toBeLessThan(MEGABYTES);
});

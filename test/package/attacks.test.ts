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

const LABELLED = 150_000;

/** A goroutine for each label. */
const labels = (): string =>
  Array.from(
    { length: LABELLED },
    (_, i) =>
      `goroutine ${i + 1} [chan receive, 50 minutes] {"request": "r${i}"}:\nmain.worker(0x1)\n\t/x/a.go:10 +0x1\ncreated by main.start in goroutine 1\n\t/x/a.go:3 +0x1\n\n`,
  ).join("");

/** The same as a counted profile. */
const countedLabels = (): string => {
  const frames = ["runtime.gopark", "runtime.chanrecv", "runtime.chanrecv1", "main.worker"].map(
    (name, i) => `#\t0x${i + 1}\t${name}+0x1\t/x/a.go:${i + 1}\n`,
  );
  const record = (_: unknown, i: number): string =>
    `1 @ 0x1 0x2 0x3 0x4\n# labels: {"request":"r${i}"}\n${frames.join("")}\n`;
  return `goroutine profile: total ${LABELLED}\n${Array.from({ length: LABELLED }, record).join("")}`;
};

const deepStack = (): string => `goroutine 1 [running]:\n${"main.f(...)\n\t/x/a.go:10\n".repeat(300_000)}`;
const tinyDumps = (): string => `goroutine 1 [running]:\n${FRAME}\n`.repeat(80_000);

/** Inputs that broke the first release, and what is printed of each. */
const ATTACKS: readonly (readonly [name: string, input: () => string | { readonly file: string }, prints: RegExp])[] = [
  ["150,000 labels at one place", labels, /150,?000 goroutines .*blocked in main\.worker/s],
  [
    "130,000 panics",
    () => `${"panic: x\n".repeat(130_000)}\n${PANICKING}`,
    /129000 panics, errors and signals behind the first 1000/,
  ],
  ["200,000 blanks before a header", () => `x${" ".repeat(200_000)}goroutine 1 [running]:\n`, /1 goroutine in 1 group/],
  ["a stack of 300,000 frames", deepStack, /main\.f {2}\/x\/a\.go:10 {2}\(10000 times\)/],
  ["80,000 tiny dumps", tinyDumps, /1 goroutine in 1 group/],
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

/** Commands that print more of a file than what is wrong. */
const COMMANDS = [["convert", "--to", "ndjson"], ["convert", "--to", "parquet"], ["redact"]] as const;
const LARGE: readonly (readonly [name: string, input: () => string])[] = [
  ["150,000 labels", labels],
  ["150,000 counted labels", countedLabels],
  ["a deep stack", deepStack],
  ["80,000 tiny dumps", tinyDumps],
];
/**
 * How much longer than to analyse a file it may take to print it in another form, and the most memory for that where much
 * else runs: garbage is collected later there. By itself each stays below {@link MEGABYTES}.
 */
const [TIMES_ANALYSIS, BUSY_MEGABYTES] = [8, 400];

it.each(ATTACKS)("%s: read in bounds of time and memory", { timeout: 60_000 }, (_, input, prints) => {
  const made = input();
  const file = typeof made === "string" ? written(made) : made.file;
  const { status, stdout, seconds, megabytes } = run("analyze", file);

  expect(status).toBe(0);
  expect(stdout).toMatch(prints);
  expect(seconds).toBeLessThan(SECONDS);
  expect(megabytes).toBeLessThan(MEGABYTES);
});

it.each(LARGE)("%s: in bounds with every command", { timeout: 120_000 }, (_, input) => {
  const file = written(input());
  const analysis = run("analyze", file);
  const bounds = { seconds: TIMES_ANALYSIS * analysis.seconds, megabytes: BUSY_MEGABYTES };
  const beyond = COMMANDS.map((command) => ({ command, ...run(...command, file) })).filter(
    ({ status, stdout, seconds, megabytes }) =>
      status !== 0 || stdout === "" || seconds >= bounds.seconds || megabytes >= bounds.megabytes,
  );

  expect(beyond.map(({ command, status, seconds, megabytes }) => ({ command, status, seconds, megabytes }))).toEqual(
    [],
  );
});

function written(text: string): string {
  const file = join(folder, "attack.dump");
  writeFileSync(file, text);
  return file;
}

/** Runs a command, and tells its processor time and the most memory it had. */
function run(...words: readonly string[]) {
  const args = ["--require", "./test/support/printUsage.cjs", "dist/node/cli.js", ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  const usage = JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "") as { seconds: number; megabytes: number };
  return { status, stdout, ...usage };
}

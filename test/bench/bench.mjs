// Measures the built command line and server against their targets, as ratios within one run where it can.
// Usage: npm run bench [-- --goroutines N] [--runs N] [--only PART]...
// 1,000,000 goroutines are a file of 1.4 GB in the temporary folder. The parts: analysis (with growth), wrapped, varied,
// diverse, start, comparisons, server, memory, package.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { artifactsFolder, root } from "../../scripts/lib/paths.mjs";
import { generateDump } from "./generate.mjs";
import { compareRuns } from "./measure.mjs";
import { writeSeries, writeStuck } from "./generateSeries.mjs";
import { measureBlocking, measureMemory, measureOpening, measureReport } from "./measureServer.mjs";
import { WRAPPINGS, wrapDump } from "./wrap.mjs";

const { values } = parseArgs({
  options: {
    goroutines: { type: "string", default: "1000000" },
    runs: { type: "string", default: "5" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const goroutines = Number(values.goroutines);
const runs = Number(values.runs);
const folder = join(tmpdir(), "goroutine-dump-bench");
const cli = join(root, "dist/node/cli.js");
const rows = [];

const analyze = (path) => [process.execPath, cli, "analyze", "--format", "json", path];
const naive = (path) => [process.execPath, "--max-old-space-size=8192", join(root, "test/bench/naive.mjs"), path];

/** The path of a dump with so many goroutines and distinct stacks: made when it is not there yet. */
function dumpOf(count, stacks = 200) {
  return made(join(folder, `${count}-${stacks}.txt`), (path) => generateDump({ path, goroutines: count, stacks }));
}

/** A path whose file is made when it is not there yet. */
function made(path, make) {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path)) make(path);
  return path;
}

function ratioOf(own, other) {
  return `${(own.seconds / other.seconds).toFixed(1)}x`;
}

/** A line of the table: `must` is what it has to reach, `goal` what it is to reach next. */
function report(what, measured, must, goal) {
  rows.push({ what, measured, must, goal });
  console.log(`${what}: ${measured}`);
}

async function measureAnalysis() {
  const path = dumpOf(goroutines);
  const commands = [["wc", "-l", path], analyze(path)];
  const hasPanicparse = spawnSync("panicparse", ["--help"]).error === undefined;
  const [lines, own] = await compareRuns(commands, runs);
  const others = await compareRuns([naive(path), ...(hasPanicparse ? [["panicparse", path]] : [])], 1);
  const megabytes = (statSync(path).size / 1e6).toFixed(0);
  report(`${goroutines} goroutines, ${megabytes} MB: analyze`, `${own.seconds.toFixed(2)} s`, "", "");
  report("against wc -l", `${(own.seconds / lines.seconds).toFixed(1)}x`, "10x", "4x");
  report("naive reader against it", `${(others[0].seconds / own.seconds).toFixed(1)}x`, "12x", "30x");
  if (hasPanicparse) report("panicparse against it", `${(others[1].seconds / own.seconds).toFixed(1)}x`, "", "");
  report("peak memory", `${own.peakMegabytes.toFixed(0)} MB`, "150 MB", "120 MB");
  return own;
}

/** Growth of time and memory: what a process costs without goroutines is taken off. */
async function measureGrowth(largest) {
  const counts = [10, goroutines / 100, goroutines / 10];
  const [empty, small, middle] = await compareRuns(
    counts.map((count) => analyze(dumpOf(count))),
    runs,
  );
  const each = (run, count) => ((run.seconds - empty.seconds) / count) * 1e6;
  const costs = [each(small, counts[1]), each(middle, counts[2]), each(largest, goroutines)];
  report("microseconds a goroutine (1 %, 10 %, all)", costs.map((cost) => cost.toFixed(2)).join(", "), "", "");
  report("growth from 10 % to all", `${((costs[2] / costs[1] - 1) * 100).toFixed(0)} %`, "15 %", "");
  const bytes = ((largest.peakMegabytes - middle.peakMegabytes) * 2 ** 20) / (goroutines * 0.9);
  report("memory a goroutine", `${bytes.toFixed(0)} B`, "60 B", "40 B");
}

/** The same dump as people have it. Processor time, so that what else the machine does counts little. */
async function measureWrapped() {
  const path = dumpOf(goroutines / 10, 387);
  const names = Object.keys(WRAPPINGS);
  const wrapped = names.map((name) => made(path.replace(".txt", `-${name}.txt`), (to) => wrapDump(path, to, name)));
  const [plain, ...others] = await compareRuns([path, ...wrapped].map(analyze), runs);
  const limits = { crlf: ["1.8x", "1.3x"], cri: ["2.5x", "1.8x"], json: ["", ""] };
  for (const [index, name] of names.entries()) {
    const ratio = others[index].cpuSeconds / plain.cpuSeconds;
    report(`the same content as ${name} against plain, processor time`, `${ratio.toFixed(1)}x`, ...limits[name]);
  }
}

/** A dump whose arguments are read again for many of its goroutines, and whose arguments come in all shapes. */
async function measureVaried() {
  const path = made(join(folder, `${goroutines}-varied.txt`), (to) =>
    generateDump({ path: to, goroutines, stacks: 387, isVaried: true }),
  );
  const [lines, own] = await compareRuns([["wc", "-l", path], analyze(path)], runs);
  report("varied arguments, many waits for locks: against wc -l", ratioOf(own, lines), "14x", "7x");
  report("peak memory of that", `${own.peakMegabytes.toFixed(0)} MB`, "140 MB", "120 MB");
}

/** What a run costs before it reads anything. */
async function measureStart() {
  const [empty, own] = await compareRuns([[process.execPath, "-e", "0"], analyze(dumpOf(12, 4))], runs * 3);
  const milliseconds = (own.cpuSeconds - empty.cpuSeconds) * 1000;
  report(
    "analyze of 12 goroutines above node -e 0, processor time",
    `${milliseconds.toFixed(0)} ms`,
    "100 ms",
    "60 ms",
  );
}

/** Comparisons: two dumps against one, and series that are four times as long. */
async function measureComparisons() {
  const stuck = [0, 1].map((step) => made(join(folder, `stuck-${step}.txt`), (to) => writeStuck(to, 16_000, step)));
  const [one, two] = await compareRuns(
    [analyze(stuck[1]), [...analyze(stuck[1]), "--base", stuck[0]]],
    Math.min(runs, 3),
  );
  const ratio = (two.cpuSeconds / one.cpuSeconds).toFixed(1);
  report("16,000 stuck stacks: two dumps against one, processor time", `${ratio}x`, "2.2x", "2.1x");
  const series = writeSeries(join(folder, "series"), 60, goroutines / 100);
  const [short, long] = await compareRuns(
    [15, 60].map((count) => [...analyze(series[0]), ...series.slice(1, count), "--series"]),
    Math.min(runs, 3),
  );
  const growth = (long.cpuSeconds / short.cpuSeconds / 4 - 1) * 100;
  report(`series of 60 dumps of ${goroutines / 100}: growth from 15`, `${growth.toFixed(0)} %`, "15 %", "");
}

/**
 * Nine frames in ten are distinct here. The naive reader reads and groups, and knows nothing of goroutines that are stuck:
 * what does as much, to the same lines, is compared with it first, and the whole analysis then.
 */
async function measureDiverse() {
  const path = dumpOf(goroutines / 10, 20_000);
  const folding = [process.execPath, cli, "convert", "--to", "folded", path];
  const commands = [folding, [...naive(path), "--folded"], analyze(path), naive(path)];
  const [folded, naiveFolded, own, other] = await compareRuns(commands, Math.min(runs, 3));
  const reading = naiveFolded.cpuSeconds / folded.cpuSeconds;
  report("20,000 distinct stacks, read and grouped: naive against it", `${reading.toFixed(1)}x`, "5x", "10x");
  report("20,000 distinct stacks, analysed as well: naive against it", ratioOf(other, own), "", "5x");
  report("what the analysis costs, in times of reading and grouping", `${costOf(own, folded)}x`, "", "");
}

function costOf(whole, part) {
  return (whole.cpuSeconds / part.cpuSeconds - 1).toFixed(1);
}

async function measureServer() {
  const opening = await measureOpening(cli, dumpOf(10_000), runs);
  report("10,000 goroutines: didOpen to diagnostics and tree", `${opening.toFixed(0)} ms`, "150 ms", "60 ms");
  const read = await measureOpening(cli, dumpOf(10_000), runs, { byServer: true });
  report("the same, read by the server itself", `${read.toFixed(0)} ms`, "150 ms", "60 ms");
  const blocking = await measureBlocking(cli, dumpOf(goroutines / 10));
  report("longest wait for an answer while 10 % are read", `${blocking.toFixed(0)} ms`, "50 ms", "20 ms");
}

/** The report of a dump that the server has read, and what of it goes to its page. */
async function measureReports() {
  for (const [path, isCondensed, must] of [
    [dumpOf(10_004), false, "1000 ms, 2 MB"],
    [dumpOf(goroutines), true, "2000 ms, 2 MB"],
  ]) {
    const { milliseconds, bytes, goroutines: count } = await measureReport(cli, path, { isCondensed });
    const measured = `${milliseconds.toFixed(0)} ms, ${(bytes / 1e6).toFixed(2)} MB`;
    report(`report of ${count} goroutines that are read`, measured, must, "");
  }
}

async function measureServerMemory() {
  const memory = await measureMemory(cli, dumpOf((goroutines * 3) / 100), dumpOf(goroutines / 10));
  for (const [what, { open, closed }] of Object.entries(memory)) {
    const measured = `${closed.toFixed(0)} MB (${open.toFixed(0)} MB while open)`;
    report(`server memory after closing a dump, above where it was: ${what}`, measured, "", "");
  }
}

function measurePackage() {
  const name = existsSync(artifactsFolder) && readdirSync(artifactsFolder).find((file) => file.endsWith(".vsix"));
  if (!name) return report("VSIX", "not built: npm run package", "700 kB", "");
  const { size } = statSync(join(artifactsFolder, name));
  return report("VSIX", `${(size / 1000).toFixed(0)} kB`, "700 kB", "");
}

const parts = {
  analysis: async () => measureGrowth(await measureAnalysis()),
  wrapped: measureWrapped,
  varied: measureVaried,
  diverse: measureDiverse,
  start: measureStart,
  comparisons: measureComparisons,
  server: measureServer,
  reports: measureReports,
  memory: measureServerMemory,
  package: measurePackage,
};
for (const name of values.only.length > 0 ? values.only : Object.keys(parts)) {
  if (!Object.hasOwn(parts, name)) throw new Error(`--only is one of ${Object.keys(parts).join(", ")}`);
  await parts[name]();
}

console.log("\n| what | measured | must | next |\n|---|---|---|---|");
for (const { what, measured, must, goal } of rows) console.log(`| ${what} | ${measured} | ${must} | ${goal} |`);

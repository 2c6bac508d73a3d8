// Measures the built command line and server against their targets, as ratios within one run where it can.
// Usage: npm run bench [-- --goroutines N] [--runs N]     (1,000,000 goroutines are a file of 1.4 GB in the temporary folder)
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { artifactsFolder, root } from "../../scripts/lib/paths.mjs";
import { generateDump } from "./generate.mjs";
import { compareRuns } from "./measure.mjs";
import { measureBlocking, measureMemory, measureOpening } from "./measureServer.mjs";

const { values } = parseArgs({
  options: { goroutines: { type: "string", default: "1000000" }, runs: { type: "string", default: "5" } },
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
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${count}-${stacks}.txt`);
  if (!existsSync(path)) generateDump({ path, goroutines: count, stacks });
  return path;
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

async function measureDiverse() {
  const path = dumpOf(goroutines / 10, 20_000);
  const [own, other] = await compareRuns([analyze(path), naive(path)], Math.min(runs, 3));
  report("20,000 distinct stacks: naive against it", `${(other.seconds / own.seconds).toFixed(1)}x`, "5x", "12x");
}

async function measureServer() {
  const opening = await measureOpening(cli, dumpOf(10_000), runs);
  report("10,000 goroutines: didOpen to diagnostics and tree", `${opening.toFixed(0)} ms`, "150 ms", "60 ms");
  const read = await measureOpening(cli, dumpOf(10_000), runs, { byServer: true });
  report("the same, read by the server itself", `${read.toFixed(0)} ms`, "150 ms", "60 ms");
  const blocking = await measureBlocking(cli, dumpOf(goroutines / 10));
  report("longest wait for an answer while 10 % are read", `${blocking.toFixed(0)} ms`, "50 ms", "20 ms");
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
  if (!name) return report("VSIX", "not built: npm run package", "450 kB", "350 kB");
  const { size } = statSync(join(artifactsFolder, name));
  return report("VSIX", `${(size / 1000).toFixed(0)} kB`, "450 kB", "350 kB");
}

const largest = await measureAnalysis();
await measureGrowth(largest);
await measureDiverse();
await measureServer();
await measureServerMemory();
measurePackage();

console.log("\n| what | measured | must | next |\n|---|---|---|---|");
for (const { what, measured, must, goal } of rows) console.log(`| ${what} | ${measured} | ${must} | ${goal} |`);

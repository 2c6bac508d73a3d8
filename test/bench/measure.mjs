// Runs whole processes and measures them: from the start of the process to its exit.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const PEAK_HOOK = join(import.meta.dirname, "peak.cjs");

/** Seconds of one run, of the clock and of processors, and its peak memory in megabytes (NaN for what is not Node). */
async function runOnce([command, ...args]) {
  const isNode = command === process.execPath;
  const start = performance.now();
  const child = spawn(command, [...(isNode ? ["--require", PEAK_HOOK] : []), ...args], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  let told = "";
  child.stdio[3].setEncoding("utf8").on("data", (text) => (told += text));
  const [code] = await once(child, "close");
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}`);
  const [kilobytes = Number.NaN, microseconds = Number.NaN] = told === "" ? [] : told.split(" ").map(Number);
  return { seconds, cpuSeconds: microseconds / 1e6, peakMegabytes: kilobytes / 1024 };
}

/** Runs the commands in turn, so that a change in the machine's load meets all of them; gives each one's medians. */
export async function compareRuns(commands, runs) {
  const results = commands.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, command] of commands.entries()) results[index].push(await runOnce(command));
  }
  return results.map((all) => ({
    seconds: median(all.map(({ seconds }) => seconds)),
    cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: median(all.map(({ peakMegabytes }) => peakMegabytes)),
  }));
}

export function median(values) {
  return [...values].sort((left, right) => left - right)[values.length >> 1];
}

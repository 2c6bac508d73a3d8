// Compares a fleet of generated dumps through the built server, and prints time and peak memory against their limits.
// Usage: npm run build && node test/bench/fleet.mjs [--hosts N] [--goroutines N]
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const limits = { seconds: 30, megabytes: 500 };
const { values } = parseArgs({
  options: { hosts: { type: "string", default: "200" }, goroutines: { type: "string", default: "10000" } },
});
const server = fileURLToPath(new URL("../../dist/node/cli.js", import.meta.url));
const generator = fileURLToPath(new URL("generate.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fleet-"));
process.exitCode = await main().finally(() => rmSync(folder, { recursive: true, force: true }));

async function main() {
  const hosts = Array.from({ length: Number(values.hosts) }, (_, index) => join(folder, `web-${index}.dump`));
  hosts.forEach((file, index) => {
    // One host in the middle is ill: it has ten times the goroutines.
    const goroutines = Number(values.goroutines) * (index === hosts.length >> 1 ? 10 : 1);
    execFileSync(process.execPath, [generator, file, "--goroutines", String(goroutines), "--seed", "7"]);
  });
  const start = performance.now();
  const { result, peakMegabytes } = await compare(hosts);
  const seconds = (performance.now() - start) / 1000;
  const goroutines = result.dumps.reduce((sum, dump) => sum + dump.goroutines, 0);
  console.log(`${result.dumps.length} dumps, ${goroutines} goroutines, ${result.total} stacks`);
  console.log(`first: ${result.stacks[0].title}, ${result.stacks[0].change} at ${result.stacks[0].outliers}`);
  console.log(
    `${seconds.toFixed(1)} s (limit ${limits.seconds}), peak ${peakMegabytes} MB (limit ${limits.megabytes})`,
  );
  return seconds <= limits.seconds && peakMegabytes <= limits.megabytes ? 0 : 1;
}

/** Asks a server of its own. The peak is what the kernel has counted. */
async function compare(files) {
  const child = spawn(process.execPath, [server, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const answer = readAnswers(child.stdout);
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  await answer(1);
  send({ method: "initialized", params: {} });
  const dumps = files.map((file) => ({ uri: pathToFileURL(file).href, index: null }));
  send({ id: 2, method: "goroutineDump/compare", params: { dumps, kind: "fleet", sortByTime: false, from: 0 } });
  const result = await answer(2);
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
  child.kill();
  return { result, peakMegabytes: Math.round(Number(kilobytes) / 1024) };
}

function readAnswers(stream) {
  const waiting = new Map();
  let rest = Buffer.alloc(0);
  stream.on("data", (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.subarray(0, 100).toString("latin1"));
      if (head === null || rest.length < head[0].length + Number(head[1])) return;
      const end = head[0].length + Number(head[1]);
      const message = JSON.parse(rest.subarray(head[0].length, end).toString("utf8"));
      rest = rest.subarray(end);
      waiting.get(message.id)?.(message.result);
    }
  });
  return (id) => new Promise((resolve) => waiting.set(id, resolve));
}

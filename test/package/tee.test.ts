import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { eventually } from "../support/eventually.ts";

const CLI = "dist/node/cli.js";
const TIMEOUT = readFileSync("test/fixtures/corpus/test/test-timeout-go1.27.txt");
const PASSED = "=== RUN   TestA\n--- PASS: TestA (0.00s)\nPASS\nok  \tx/app\t0.01s\n";

function tee(input: string | Uint8Array, ...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, "analyze", "-", "--tee", ...args], { input, encoding: "utf8" });
}

function startTee(...args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [CLI, "analyze", "-", "--tee", ...args]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

describe("analyze - --tee", () => {
  it("passes its input through to the byte, and analyses it", () => {
    const bytes = Buffer.concat([TIMEOUT, Buffer.from([0xff, 0x1b, 0x00, 0x0a])]);
    const child = spawnSync(process.execPath, [CLI, "analyze", "-", "--tee"], { input: bytes });
    expect(child.status).toBe(0);
    expect(child.stderr.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(child.stdout.toString()).toMatch(/^-:\d+: \d+ goroutines? in \d+ groups? \(/);
  });

  it("passes on what came before the rest comes", async () => {
    const child = startTee();
    let passed = "";
    child.stderr.on("data", (piece) => (passed += piece));
    child.stdin.write("=== RUN   TestA\n");
    await eventually(() => expect(passed).toBe("=== RUN   TestA\n"));
    expect(child.exitCode).toBe(null);
    child.stdin.end(TIMEOUT);
    expect(await text(child.stdout)).toContain("goroutines");
  });

  it.each([[[]], [["--format", "markdown"]], [["--format", "github", "--fail-on", "suspect"]]])(
    "adds nothing to an input without a dump: %j",
    (args) => {
      expect(tee(PASSED, ...args)).toMatchObject({ status: 0, stdout: "", stderr: PASSED });
    },
  );

  it.each(["json", "sarif"])("gives programs a report even of no dump: %s", (format) => {
    const { status, stdout, stderr } = tee(PASSED, "--format", format);
    expect({ status, stderr }).toEqual({ status: 0, stderr: PASSED });
    expect(JSON.parse(stdout)).toMatchObject(format === "json" ? { dumps: [] } : { runs: [{ results: [] }] });
  });

  it.each(["stdout", "stderr"] as const)("goes on when nobody reads its %s any more", async (stream) => {
    const other = stream === "stdout" ? "stderr" : "stdout";
    const child = startTee("--fail-on", "proven");
    child[stream].destroy();
    const rest = text(child[other]);
    child.stdin.write("a line of a test\n".repeat(60_000));
    child.stdin.end(TIMEOUT);
    const [status] = (await once(child, "close")) as [number];
    // The test's time-out is a panic, which is proven.
    expect(status).toBe(1);
    expect(await rest).toMatch(/goroutine/);
  });

  it.skipIf(process.platform === "win32")("outlives Ctrl-\\, by which tests are asked for their dump", async () => {
    const child = startTee();
    let passed = "";
    child.stderr.on("data", (piece) => (passed += piece));
    child.stdin.write("started\n");
    await eventually(() => expect(passed).toBe("started\n"));
    child.kill("SIGQUIT");
    child.stdin.end(TIMEOUT);
    expect(await text(child.stdout)).toContain("goroutines");
  });

  it("needs standard input among its files", () => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, "analyze", "--tee", "x"], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toContain("--tee passes standard input on: it needs -");
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { type Reading, readDumps } from "../../server/src/core/read/dumpReader.ts";
import { FileInput } from "../../server/src/node/readInput.ts";
import { generateDump } from "../bench/generate.mjs";

const SCRIPT = join(root, "dist/node/ahead.js");
/** Bytes that are read at a time: what moves on by more was read ahead. */
const CHUNK_BYTES = 1024 * 1024;

let folder = "";
let path = "";
let whole: Reading;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "goroutine-dump-ahead-"));
  path = join(folder, "dump.txt");
  generateDump({ path, goroutines: 16_000 });
  whole = readDumps(new Uint8Array(readFileSync(path)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads the file on several threads, and tells the longest way it came without reading itself. */
async function readOnThreads(script: string, threads = 3): Promise<{ reading: Reading; longestStep: number }> {
  let [last, longestStep] = [0, 0];
  const progress = (bytes: number): void => {
    longestStep = Math.max(longestStep, bytes - last);
    last = bytes;
  };
  const reading = await new FileInput(path, { progress, ahead: { script, threads, fromBytes: 0 } }).read();
  return { reading, longestStep };
}

/** A thread's script of that code. */
function scriptOf(code: string): string {
  const script = join(folder, "script.cjs");
  writeFileSync(script, `const { parentPort } = require("node:worker_threads");\n${code}`);
  return script;
}

describe("a file that is read on several threads", () => {
  it.each([2, 3, 4])("gives the same reading as on one, to the last number: %i threads", async (threads) => {
    const { reading, longestStep } = await readOnThreads(SCRIPT, threads);
    expect(reading).toStrictEqual(whole);
    expect(longestStep).toBeGreaterThan(CHUNK_BYTES);
  });

  it.each([
    ["do not start", "throw new Error('no')"],
    ["end instead of answering", "parentPort.once('message', () => process.exit())"],
    ["fail", "parentPort.once('message', () => { throw new Error('no') })"],
  ])("is read all the same when the threads %s", async (_, code) => {
    const { reading, longestStep } = await readOnThreads(scriptOf(code));
    expect(reading).toStrictEqual(whole);
    expect(longestStep).toBeLessThanOrEqual(CHUNK_BYTES);
  });

  it("is read all the same when there is nothing to run on the threads", async () => {
    const { reading } = await readOnThreads(join(folder, "nothing.js"));
    expect(reading).toStrictEqual(whole);
  });
});

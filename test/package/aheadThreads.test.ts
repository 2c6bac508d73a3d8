import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { DumpReader, type Reading, readDumps } from "../../server/src/core/read/dumpReader.ts";
import { AheadThreads } from "../../server/src/node/aheadThreads.ts";
import { feedWithThreads } from "../../server/src/node/feedFile.ts";
import { FileInput } from "../../server/src/node/readInput.ts";
import { generateDump } from "../bench/generate.mjs";
import { eventually } from "../support/eventually.ts";

const SCRIPT = join(root, "dist/node/ahead.js");

let folder = "";
let path = "";
let size = 0;
let whole: Reading;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "goroutine-dump-ahead-"));
  path = join(folder, "dump.txt");
  generateDump({ path, goroutines: 16_000 });
  const bytes = new Uint8Array(readFileSync(path));
  size = bytes.length;
  whole = readDumps(bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function startThreads(threads: number): Promise<{ file: FileHandle; ahead: AheadThreads }> {
  const file = await open(path, "r");
  const ahead = AheadThreads.start(file.fd, size, { script: SCRIPT, threads, fromBytes: 0 });
  if (ahead === null) throw new Error("no thread starts here");
  onTestFinished(async () => {
    await ahead.end();
    await file.close();
  });
  return { file, ahead };
}

describe("a file that is read on several threads", () => {
  it.each([2, 3, 4])("gives the same reading as on one, to the last number: %i threads", async (threads) => {
    const { file, ahead } = await startThreads(threads);
    const reader = new DumpReader();
    const adopt = vi.spyOn(reader, "adopt");
    await eventually(() => expect(ahead.read(1)).not.toBeNull());

    await feedWithThreads(file, reader, ahead);

    expect(reader.end()).toStrictEqual(whole);
    const taken = adopt.mock.results.map(({ value }, call) => value.offset - adopt.mock.calls[call]![1]);
    const second = ahead.parts[1]!;
    expect(taken[0]).toBeGreaterThan((second.end - second.start) * 0.9);
  });

  it("gives the same reading when nobody waits for the threads to start", async () => {
    const reading = await new FileInput(path, { ahead: { script: SCRIPT, threads: 3, fromBytes: 0 } }).read();
    expect(reading).toStrictEqual(whole);
  });

  it.each([
    ["do not start", "throw new Error('no')"],
    ["end instead of answering", "process.exit()"],
    ["fail", "parentPort.once('message', () => { throw new Error('no') })"],
    ["never answer", "parentPort.on('message', () => {})"],
  ])("is read all the same when the threads %s", async (_, code) => {
    const script = join(folder, "script.cjs");
    writeFileSync(script, `const { parentPort } = require("node:worker_threads");\n${code}`);
    const reading = await new FileInput(path, { ahead: { script, threads: 3, fromBytes: 0 } }).read();
    expect(reading).toStrictEqual(whole);
  });

  it("is read all the same when there is nothing to run on the threads", async () => {
    const script = join(folder, "nothing.js");
    const reading = await new FileInput(path, { ahead: { script, threads: 3, fromBytes: 0 } }).read();
    expect(reading).toStrictEqual(whole);
  });
});

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { DumpReader, readDumps } from "../../server/src/core/read/dumpReader.ts";
import { TextStream } from "../../server/src/core/read/textStream.ts";
import { LineSplitter } from "../../server/src/core/text/lineSplitter.ts";
import { generateDump } from "../bench/generate.mjs";

/** Milliseconds of the fastest of a few runs: others are slowed down by what else the machine does. */
function fastest(runs: number, run: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

it("reads a large dump in bulk several times as fast as line by line", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "goroutine-dump-speed-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "dump.txt");
  generateDump({ path, goroutines: 3000 });
  const bytes = new Uint8Array(readFileSync(path));
  expect(readDumps(bytes).dumps[0]?.total).toBe(3000);

  const inBulk = fastest(5, () => {
    const reader = new DumpReader();
    reader.push(bytes);
    reader.end();
  });
  const byLines = fastest(2, () => {
    const stream = new TextStream({ dump: () => {}, note: () => {} });
    const splitter = new LineSplitter({
      line: (line) => stream.take(line),
      bulk: (_, start) => ({ end: start, lines: 0 }),
    });
    splitter.push(bytes);
    splitter.end();
  });
  // Some twenty times; a ratio below this says that goroutines no longer go the fast way.
  expect(byLines / inBulk).toBeGreaterThan(4);
});

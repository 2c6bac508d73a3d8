import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import type { Worker } from "node:worker_threads";
import { root } from "../../scripts/lib/paths.mjs";
import { largeFiles, nodeThreads } from "../../server/src/node/workerParser.ts";
import { stillClock } from "../support/openText.ts";
import { packSlowly } from "../support/largeDumps.ts";

it("ends in the middle of a file when nobody waits for it any more", async () => {
  const folder = mkdtempSync(join(tmpdir(), "goroutine-dump-cancel-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "slow.dump.gz");
  packSlowly(file, 20);
  const threads = nodeThreads(join(root, "dist/node/server.js"), (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  });
  const started = new Promise<Worker>((resolve) => void process.once("worker", resolve));
  const told: number[] = [];
  const token = { isCancellationRequested: false };

  const answer = largeFiles(threads, stillClock).read(pathToFileURL(file).href, token, (bytes, total) => {
    told.push(bytes / total);
    token.isCancellationRequested = true;
  });
  const exited = once(await started, "exit");
  expect(await answer).toEqual({ kind: "cancelled" });
  await exited;
  expect(told.at(-1)).toBeLessThan(1);
});

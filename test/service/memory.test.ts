import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { TextDocument } from "vscode-languageserver-textdocument";
import { expect, it } from "vitest";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../server/src/core/text/utf8.ts";
import { DEFAULT_SETTINGS } from "../../server/src/service/host/settings.ts";
import { condensedFiles } from "../support/condensed.ts";
import { DumpCache } from "../../server/src/service/document/dumpCache.ts";
import type { LargeFiles } from "../../server/src/service/host/largeFiles.ts";
import { parseInTurns } from "../../server/src/service/host/parseDumps.ts";
import { dumpUri, noToken, stillClock } from "../support/openText.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const GOROUTINES = 40_000;
const TEXT = Array.from(
  { length: GOROUTINES },
  (_, id) => `goroutine ${id + 1} [select]:\nmain.f(0x1)\n\t/src/f.go:3 +0x1d\n\n`,
).join("");

function openDocument(): TextDocument {
  return TextDocument.create(dumpUri, "goroutine-dump", 1, TEXT);
}

/** Bytes of typed arrays that are alive: of columns, stacks and frames. */
function arrayBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

/** What is alive more than now, in bytes a goroutine. To be waited for: what a promise has given lives some turns more. */
function watchBytes(): () => number {
  const before = arrayBytes();
  return () => (arrayBytes() - before) / GOROUTINES;
}

it("gives the memory of a dump back when its document is closed", async () => {
  const cache = new DumpCache({
    parse: parseInTurns(stillClock),
    clock: stillClock,
    settings: () => Promise.resolve(DEFAULT_SETTINGS),
  });
  const bytes = watchBytes();
  await cache.get(openDocument(), noToken);
  await expect.poll(bytes).toBeLessThan(60);
  expect(bytes()).toBeGreaterThan(20);
  cache.close(dumpUri);
  await expect.poll(bytes).toBeLessThan(1);
});

it("gives the memory of a condensed file back when its view is closed", async () => {
  const disk: LargeFiles = {
    read: () => Promise.resolve({ kind: "reading", reading: readDumps(encodeUtf8(TEXT)) }),
    readSpans: () => Promise.resolve([]),
  };
  const files = condensedFiles(disk);
  const bytes = watchBytes();
  await files.open(dumpUri, noToken, () => {});
  await expect.poll(bytes).toBeLessThan(60);
  expect(bytes()).toBeGreaterThan(20);
  files.close(dumpUri);
  await expect.poll(bytes).toBeLessThan(1);
});

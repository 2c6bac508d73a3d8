import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Reading } from "../../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import type { ParseThreads } from "../../../server/src/service/parseThread/parseTask.ts";
import { threadParser } from "../../../server/src/service/parseThread/threadParser.ts";
import type { Clock } from "../../../server/src/service/base/ports.ts";
import { fakeThreads } from "../../support/fakeThreads.ts";

const CLOCK: Clock = { now: () => 0, yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)) };
const WANTED = { isCancellationRequested: false };

/** Goroutines of one chunk, half a megabyte. */
const CHUNK = 1000;
/** Chunks that are worth a thread. */
const CHUNKS = 40;

const FRAMES = "main.f(0x1)\n\t/src/f.go:3 +0x1d\n".repeat(15);

const TEXT = Array.from({ length: CHUNKS }, (_, chunk) => {
  const ids = Array.from({ length: CHUNK }, (__, index) => chunk * CHUNK + index + 1);
  return encodeUtf8(ids.map((id) => `goroutine ${id} [select]:\n${FRAMES}\n`).join(""));
});

function* broken(): Generator<Uint8Array> {
  yield* TEXT;
  throw new Error("the disk is gone");
}

/** The text in memory that holds one chunk at a time. */
function* overwritten(): Generator<Uint8Array> {
  const memory = new Uint8Array(2 * TEXT[0]!.length);
  for (const bytes of TEXT) {
    memory.set(bytes);
    yield memory.subarray(0, bytes.length);
    memory.fill(0);
  }
}

function totalOf(reading: Reading | undefined): number | undefined {
  return reading?.dumps.reduce((sum, dump) => sum + dump.total, 0);
}

describe("a text", () => {
  it("that is large is parsed on a thread of its own, which is never sent more than it can take", async () => {
    const threads = fakeThreads();
    const reading = await threadParser(threads, CLOCK)(TEXT, WANTED);
    expect(totalOf(reading)).toBe(CHUNKS * CHUNK);
    expect(threads.mostInFlight()).toBe(16);
    expect(threads.running()).toBe(0);
  });

  it("that is small is parsed here, unless it is packed and so larger than it looks", async () => {
    const threads = fakeThreads();
    const parse = threadParser(threads, CLOCK);
    expect(totalOf(await parse(TEXT.slice(0, 1), WANTED))).toBe(CHUNK);
    expect(threads.mostInFlight()).toBe(0);
    expect(totalOf(await parse([gzipSync(TEXT[0]!)], WANTED))).toBe(CHUNK);
    expect(threads.mostInFlight()).toBe(1);
  });

  it.each([
    ["small", { length: 1, longestLine: 70 }, 0],
    ["large", { length: 16 * 1024 * 1024, longestLine: 70 }, 16],
    ["small, with a long line,", { length: 1, longestLine: 70_000 }, 16],
  ])("that is known to be %s is parsed where that says", async (_, size, inFlight) => {
    const threads = fakeThreads();
    expect(totalOf(await threadParser(threads, CLOCK)(TEXT, WANTED, "", size))).toBe(CHUNKS * CHUNK);
    expect(threads.mostInFlight()).toBe(inFlight);
  });

  it("may come in memory that is overwritten", async () => {
    const reading = await threadParser(fakeThreads(), CLOCK)(overwritten(), WANTED);
    expect(reading?.dumps.map(({ total }) => total)).toEqual([CHUNKS * CHUNK]);
    const small = { length: 1, longestLine: 70 };
    const here = await threadParser(fakeThreads(), CLOCK)(overwritten(), WANTED, "", small);
    expect(here?.dumps.map(({ total }) => total)).toEqual([CHUNKS * CHUNK]);
  });

  it("that is small but for one long line is parsed on a thread: no turn ends within a line", async () => {
    const threads = fakeThreads();
    const line = encodeUtf8(`${JSON.stringify({ stack: `goroutine 1 [select]:\n${FRAMES.repeat(150)}` })}\n`);

    expect(totalOf(await threadParser(threads, CLOCK)([line], WANTED))).toBe(1);
    expect(threads.mostInFlight()).toBe(1);
  });

  it.each([
    ["a line of many chunks", "x".repeat(70_000), 1],
    ["a line of many chunks behind others", `a\n${"x".repeat(65_600)}\nb\n`, 1],
    ["short lines only, wherever chunks end", `${"x".repeat(60_000)}\n`.repeat(4), 0],
  ])("that is small and has %s is told by its lines", async (_, lines, inFlight) => {
    const threads = fakeThreads();
    const bytes = encodeUtf8(lines);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 1000) }, (__, index) =>
      bytes.subarray(index * 1000, (index + 1) * 1000),
    );

    await threadParser(threads, CLOCK)(chunks, WANTED);
    expect(threads.mostInFlight()).toBe(inFlight);
  });

  it.each<[string, () => ParseThreads]>([
    ["is not allowed", () => ({ ...fakeThreads(), start: () => expect.fail("no workers here") })],
    ["fails", () => fakeThreads("fails")],
    ["is never heard of", () => fakeThreads("is silent")],
  ])("is parsed here, whole, where a thread %s; and none is tried again", async (_, makeThreads) => {
    const threads = makeThreads();
    let starts = 0;
    const counted: ParseThreads = {
      ...threads,
      start: () => {
        starts++;
        return threads.start();
      },
    };
    const parse = threadParser(counted, CLOCK);
    expect(totalOf(await parse(TEXT, WANTED))).toBe(CHUNKS * CHUNK);
    expect(totalOf(await parse(TEXT, WANTED))).toBe(CHUNKS * CHUNK);
    expect(starts).toBe(1);
  });

  it("that nobody waits for any more ends its thread and is read no further", async () => {
    const threads = fakeThreads();
    const token = { isCancellationRequested: false };
    let read = 0;
    function* endless(): Generator<Uint8Array> {
      for (;;) {
        if (++read === 2 * CHUNKS) token.isCancellationRequested = true;
        yield TEXT[0]!;
      }
    }
    expect(await threadParser(threads, CLOCK)(endless(), token)).toBeUndefined();
    expect(threads.running()).toBe(0);
    await CLOCK.yieldTurn();
    const readThen = read;
    await CLOCK.yieldTurn();
    expect(read).toBe(readThen);
  });

  it("whose bytes end with a failure fails, and its thread ends", async () => {
    const threads = fakeThreads();
    await expect(threadParser(threads, CLOCK)(broken(), WANTED)).rejects.toThrow("the disk is gone");
    expect(threads.running()).toBe(0);
  });
});

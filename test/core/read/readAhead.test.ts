import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextAhead } from "../../../server/src/core/read/aheadTaker.ts";
import { DumpReader, type Reading, readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { type ReadAhead, readAhead } from "../../../server/src/core/read/readAhead.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";

/** Bytes that `readAhead` is given at a time: several to a part, and goroutines across their borders. */
const WINDOW = 400;

const STATES = ["chan receive", "select, 3 minutes", "IO wait, 80000 minutes, locked to thread", "running", "sleep"];

/** A plain goroutine of one of some stacks, states and creators. */
function goroutine(id: number): string {
  const frames = Array.from(
    { length: 1 + (id % 4) },
    (_, depth) => `main.(*T).f${(id * 7 + depth) % 5}(0xc000${id}, {0x1?, ...})\n\t/src/f.go:${10 + (id % 3)} +0x1d\n`,
  );
  const labels = id % 6 === 0 ? ` {"route": "/r${id % 4}"}` : "";
  const creator = id % 5 === 0 ? "" : `created by main.run in goroutine ${id % 3}\n\t/src/run.go:7 +0x3a\n`;
  return `goroutine ${id} [${STATES[id % STATES.length]}]${labels}:\n${frames.join("")}${creator}\n`;
}

function goroutines(count: number, firstId = 1): string {
  return Array.from({ length: count }, (_, index) => goroutine(firstId + index)).join("");
}

/**
 * Reads every second part of a text ahead, and gives what came of it and how many bytes did not go through the reader.
 * The first `lateBytes` of a part are read before it is known what was read ahead.
 */
function readInParts(
  bytes: Uint8Array,
  partBytes: number,
  { worthBytes = 1, lateBytes = 0 } = {},
): { reading: Reading; taken: number } {
  const reader = new DumpReader();
  const bytesAt = (offset: number): Uint8Array => bytes.slice(offset, offset + WINDOW);
  let place = 0;
  let taken = 0;
  for (let start = 0; start < bytes.length; start += partBytes) {
    const end = Math.min(start + partBytes, bytes.length);
    const isAhead = (start / partBytes) % 2 === 1;
    const ahead: ReadAhead | null = isAhead ? readAhead(bytesAt, { start, end }, { worthBytes }) : null;
    let next = ahead === null ? Infinity : nextAhead(ahead, place + lateBytes);
    while (place < end) {
      const stop = Math.min(next, end);
      reader.push(bytes.slice(place, stop));
      place = stop;
      if (ahead === null || place !== next) continue;
      const adopted = reader.adopt(ahead, place);
      taken += adopted.offset - place;
      ({ offset: place, next } = adopted);
    }
  }
  return { reading: reader.end(), taken };
}

const PLAIN = goroutines(40);

describe("reading parts of a text ahead", () => {
  it.each([
    ["plain goroutines", PLAIN],
    ["two dumps with the same ids", `${PLAIN}panic: again\n\n${PLAIN}`],
    ["two dumps with the same ids and nothing between", PLAIN + PLAIN],
    ["ids that come again here and there", PLAIN.replaceAll(/goroutine (\d)9 \[/g, "goroutine $15 [")],
    [
      "a fatal header in the midst",
      `${PLAIN}fatal error: all goroutines are asleep - deadlock!\n\n${goroutines(60, 100)}`,
    ],
    ["a panic above", `panic: boom\n\ngoroutine 900 [running]:\nmain.main()\n\t/src/m.go:1\n\n${PLAIN}`],
    [
      "stacks that are not in the plain form",
      PLAIN.replaceAll(/(goroutine \d*8 [^\n]*\n)/g, "$1...12 frames elided...\n"),
    ],
    [
      "goroutines that stand for several",
      PLAIN.replaceAll(/(goroutine \d*7 [^]*?)\n\n/g, "$1\n... and 98 more goroutines with this stack\n\n"),
    ],
    ["other text at the end", `${PLAIN}exit status 2\nFAIL\n`],
    ["an end within a goroutine", PLAIN.slice(0, -40)],
    ["text between that holds what looks like a goroutine", `${PLAIN}hello\n\n${goroutines(30, 200)}`],
    ["NUL bytes and bytes that are no UTF-8", PLAIN.replaceAll("f.go:11", "f\0\ud800.go:11")],
    ["wide numbers", PLAIN.replaceAll("goroutine 3", "goroutine 90071992547409")],
  ])("gives the same reading to the last number: %s", (_, text) => {
    const bytes = encodeUtf8(text);
    const whole = readDumps(bytes);
    for (let partBytes = 150; partBytes < 6000; partBytes = Math.ceil(partBytes * 1.3)) {
      const { reading, taken } = readInParts(bytes, partBytes);
      expect(reading).toStrictEqual(whole);
      expect(taken).toBeGreaterThan(0);
    }
  });

  it.each([
    ["windows line ends", PLAIN.replaceAll("\n", "\r\n")],
    ["a log prefix", PLAIN.replaceAll(/^/gm, "2024-05-01T10:00:00Z ")],
    ["a dump within a record", JSON.stringify({ msg: PLAIN })],
    ["no goroutine", "hello\n\n".repeat(500)],
    ["no blank line", "goroutine 1 [running]:\n".repeat(300)],
  ])("takes nothing of what is not plain: %s", (_, text) => {
    const bytes = encodeUtf8(text);
    const { reading, taken } = readInParts(bytes, 1000);
    expect(reading).toStrictEqual(readDumps(bytes));
    expect(taken).toBe(0);
  });

  it("gives the same reading whatever is changed in the text and wherever it is cut", () => {
    const part = fc.constantFrom("", "\n", "\n\n", "(", ":", "\t", " ", "é", "\r", "\0", goroutine(7), "created by ");
    const edit = fc.record({ at: fc.nat(2 * PLAIN.length), remove: fc.nat(30), insert: part });
    const lengths = fc.record({
      partBytes: fc.integer({ min: 20, max: 3000 }),
      worthBytes: fc.integer({ min: 1, max: 1000 }),
      lateBytes: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 5 }), lengths, (edits, { partBytes, ...rest }) => {
        const changed = edits.reduce(
          (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
          PLAIN + goroutines(60, 50),
        );
        const bytes = encodeUtf8(changed);
        expect(readInParts(bytes, partBytes, rest).reading).toStrictEqual(readDumps(bytes));
      }),
      { numRuns: 80 },
    );
  });

  it("takes all of a plain part over, from its first goroutine to the one that goes beyond its end", () => {
    const bytes = encodeUtf8(PLAIN);
    const half = Math.ceil(bytes.length / 2);
    const { stretches } = readAhead((offset) => bytes.slice(offset, offset + WINDOW), {
      start: half,
      end: bytes.length,
    });
    expect(stretches).toEqual([]);
    expect(readInParts(bytes, half).taken).toBe(bytes.length - PLAIN.indexOf("\n\n", half) - 2);
  });
});

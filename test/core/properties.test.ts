import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import { DumpReader, readDumps, type Reading } from "../../server/src/core/read/dumpReader.ts";
import { leastCpuTime } from "../support/cpuTime.ts";
import { corpusBytes } from "../support/corpus.ts";
import { PIECE_TEXTS } from "../support/pieces.ts";
import { contentsOf, placesOf } from "../support/readings.ts";
import { hostileTexts } from "../support/hostile.ts";
import { LINE_WRAPPERS, ONE_LINE, PREFIXES } from "../support/wrappers.ts";

/** One real dump of each form and of each kind of damage. */
const DUMPS = [
  "zoo/zoo-go1.24.debug2.txt",
  "zoo/zoo-go1.24.debug1.txt",
  "labels/labels-gomod1.27-go1.27.debug2.txt",
  "sigquit/zoo-gotraceback-crash-go1.24.txt",
  "panic/map-writes-go1.19.txt",
  "panic/truncated-go1.25.txt",
  "panic/nil-deref-go1.23.txt",
  "race/tally-go1.27.txt",
  "pprof/labels-go1.24-traces.txt",
  "pprof/leak-go1.27-raw.txt",
  "pprof/leak-go1.27-tree.txt",
  "stack/three-dumps-in-a-log-go1.27.txt",
  "test/test-json-go1.27.jsonl",
  "log/docker-json-abba.log",
  "log/k8s-cri-panic-go1.27.log",
  "../tools/go-deadlock/all-v0.3.9.txt",
  "../tools/go-deadlock/order-v0.3.9.txt",
  "../tools/ginkgo/timed-out-v2.9.7.txt",
].map((file) => new Uint8Array(corpusBytes(file)));

const dump = fc.constantFrom(...DUMPS);
const piece = fc.constantFrom(...PIECE_TEXTS);

/** A real dump with parts cut out, repeated, replaced, and with pieces put in. */
const mutated = fc
  .tuple(
    dump,
    fc.array(fc.tuple(fc.nat(), fc.nat(200), fc.oneof(piece, fc.string({ maxLength: 8 }))), { maxLength: 12 }),
    fc.option(dump),
  )
  .map(([bytes, edits, other]) => {
    let text = new TextDecoder().decode(bytes);
    for (const [place, length, put] of edits) {
      const start = place % (text.length + 1);
      text = text.slice(0, start) + put + text.slice(start + (length % 3 === 0 ? length : 0));
    }
    const tail = other === null ? "" : new TextDecoder().decode(other.subarray(0, 3000));
    return new TextEncoder().encode(text + tail);
  });

/** Shrinking a whole dump takes longer than it helps: the fuzzer saves what it finds. */
const RUNS = { numRuns: 60, endOnFailure: true };

/** Reads bytes that come in chunks whose sizes repeat, through one buffer that is overwritten each time. */
function readInChunks(bytes: Uint8Array, sizes: readonly number[]): Reading {
  const reader = new DumpReader();
  const buffer = new Uint8Array(4096);
  let start = 0;
  for (let index = 0; start < bytes.length; index++) {
    const size = sizes[index % sizes.length]!;
    const part = bytes.subarray(start, start + size);
    buffer.set(part);
    reader.push(buffer.subarray(0, part.length));
    buffer.fill(0x58);
    start += size;
  }
  return reader.end();
}

describe("reading", () => {
  it("gives the same however the bytes are cut into chunks", () => {
    fc.assert(
      fc.property(
        mutated,
        fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 6 }),
        (bytes, sizes) => {
          const [whole, inChunks] = [readDumps(bytes), readInChunks(bytes, sizes)];
          expect(contentsOf(inChunks.dumps)).toEqual(contentsOf(whole.dumps));
          expect(placesOf(inChunks)).toEqual(placesOf(whole));
        },
      ),
      RUNS,
    );
  });

  it("never throws on any bytes, and keeps every place within the text and in order", () => {
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        const { dumps, notes, lines } = readDumps(bytes);
        for (const note of notes) expect(note.line).toBeLessThanOrEqual(lines);
        for (const found of dumps) {
          expect(found.startOffset).toBeLessThanOrEqual(found.endOffset);
          expect(found.endOffset).toBeLessThanOrEqual(bytes.length);
          expect(found.startLine).toBeLessThanOrEqual(found.endLine);
          expect(found.endLine).toBeLessThanOrEqual(lines);
          const { offset, line, length } = found.goroutines;
          let last = found.startOffset;
          for (let row = 0; row < length; row++) {
            expect(at(offset, row)).toBeGreaterThanOrEqual(last);
            expect(at(offset, row)).toBeLessThanOrEqual(found.endOffset);
            expect(at(line, row)).toBeGreaterThanOrEqual(found.startLine);
            expect(at(line, row)).toBeLessThan(Math.max(found.endLine, found.startLine + 1));
            last = at(offset, row);
          }
        }
      }),
      RUNS,
    );
  });

  it("of a wrapped dump gives the dump, whatever it is wrapped in", () => {
    const plain = ["zoo/zoo-go1.22.debug2.txt", "deadlock/abba-go1.22.debug2.txt", "panic/go-go1.27.txt"];
    // Nobody logs what strace prints behind a prefix.
    const inner = [...PREFIXES, ...LINE_WRAPPERS, ...ONE_LINE].filter(({ name }) => name !== "strace");
    const wrapper = fc.constantFrom(...inner);
    fc.assert(
      fc.property(fc.constantFrom(...plain), wrapper, fc.constantFrom(...PREFIXES), (file, within, outer) => {
        const bytes = corpusBytes(file);
        const wrapped = outer.wrap(within.wrap(new TextDecoder().decode(bytes)));
        const { dumps } = readDumps(new TextEncoder().encode(wrapped));
        expect(contentsOf(dumps)).toEqual(contentsOf(readDumps(bytes).dumps));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

/** Milliseconds of processor time that reading a text takes. */
function timeOf(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return leastCpuTime(() => readDumps(bytes));
}

describe("the time reading takes", () => {
  it.each(hostileTexts)("grows with the length and not with its square: %s", (_, make) => {
    // Sixteen times the time for four times the length would be the square; a millisecond is what a run costs anyway.
    const [short, long] = [timeOf(make(4000)), timeOf(make(16_000))];
    expect(long).toBeLessThan(10 * (short + 1));
  });
});

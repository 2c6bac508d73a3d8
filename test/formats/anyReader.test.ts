import { gzipSync } from "fflate";
import { Profile, StringTable } from "pprof-format";
import { describe, expect, it } from "vitest";
import { coverageOf } from "../../server/src/core/analysis/coverage.ts";
import { at } from "../../server/src/core/model/column.ts";
import { stackOf } from "../../server/src/core/model/stack.ts";
import type { Reading } from "../../server/src/core/read/dumpReader.ts";
import { AnyReader, readAny } from "../../server/src/formats/anyReader.ts";
import { FIELD_LIMIT } from "../../server/src/formats/wireCheck.ts";
import { corpusBytes } from "../support/corpus.ts";
import { english } from "../../server/src/core/text/say.ts";

const DUMP = "goroutine 7 [chan receive, 3 minutes]:\nmain.wait(0xc000010000)\n\t/src/x/main.go:9 +0x1d\n";

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function notesOf(reading: Reading): string {
  return reading.notes.map(({ kind, message }) => `${kind}: ${english(message)}`).join("\n");
}

/** A profile with one sample: two goroutines in main.F[go.shape.int], inlined into main.main. */
function profile(type = "goroutine", value: number | bigint = 2): Uint8Array {
  const strings = new StringTable();
  const id = (text: string): number => strings.dedup(text);
  return new Profile({
    sampleType: [{ type: id(type), unit: id("count") }],
    periodType: { type: id(type), unit: id("count") },
    timeNanos: 1_767_323_045_123_456_789n,
    function: [
      { id: 1, name: id("main.F[go.shape.struct { X []int }]"), filename: id("/src/x/f.go") },
      { id: 2, name: id("main.main"), filename: id("/src/x/main.go") },
      { id: 3, name: id("runtime.gopark"), filename: id("/go/src/runtime/proc.go") },
      { id: 4, name: id("runtime.chanrecv1"), filename: id("/go/src/runtime/chan.go") },
    ],
    location: [
      { id: 1, address: 0x1000, line: [{ functionId: 3, line: 474 }] },
      { id: 2, address: 0x2000, line: [{ functionId: 4, line: 509 }] },
      {
        id: 3,
        address: 0x3000,
        line: [
          { functionId: 1, line: 7 },
          { functionId: 2, line: 12 },
        ],
      },
      { id: 4, address: 0xffffffffff600000n },
    ],
    sample: [{ locationId: [1, 2, 3, 4], value: [value], label: [{ key: id("route"), str: id("/buy") }] }],
    stringTable: strings,
  }).encode();
}

describe("a file of any kind", () => {
  it.each([
    ["plain text", bytesOf(DUMP)],
    ["text with a byte order mark", bytesOf(`\ufeff${DUMP}`)],
    ["text packed with gzip", gzipSync(bytesOf(DUMP))],
    ["text packed twice", gzipSync(gzipSync(bytesOf(DUMP)))],
    [
      "two gzip members, one behind the other",
      Uint8Array.from([...gzipSync(bytesOf(DUMP.slice(0, 50))), ...gzipSync(bytesOf(DUMP.slice(50)))]),
    ],
    ["little-endian UTF-16", Uint8Array.from([0xff, 0xfe, ...Buffer.from(DUMP, "utf16le")])],
    ["big-endian UTF-16", Uint8Array.from([0xfe, 0xff, ...Buffer.from(DUMP, "utf16le").swap16()])],
    ["little-endian UTF-16 without a byte order mark", Buffer.from(DUMP, "utf16le")],
    ["big-endian UTF-16 without a byte order mark", Buffer.from(DUMP, "utf16le").swap16()],
    ["UTF-16 with other letters", Buffer.from(`\u65e5\u5fd7 go:\n\n${DUMP}`, "utf16le")],
  ])("is read when it is %s", (_, bytes) => {
    const whole = readAny(bytes);
    expect(whole.dumps.map((dump) => dump.total)).toEqual([1]);
    const reader = new AnyReader();
    for (const byte of bytes) reader.push(Uint8Array.of(byte));
    expect(reader.end()).toEqual(whole);
  });

  it("is no UTF-16 when an editor has decoded it, whatever it made of it: its places are those of that text", () => {
    const reader = new AnyReader({ isDecoded: true });
    reader.push(Buffer.from(DUMP, "utf16le"));
    expect(reader.end().dumps).toEqual([]);
  });

  it.each([
    ["a core file", "\x7fELF\x02\x01\x01", /core file.*dlv core/],
    ["an execution trace", "go 1.22 trace\0\0\0", /go tool trace/],
    ["a heap dump", "go1.7 heap dump\n\x01", /heap dump/],
    ["a minidump", "MDMP\x93\xa7", /minidump/],
    ["a zip archive", "PK\x03\x04\x14", /unpack it/],
  ])("is named when it is %s", (_, start, expected) => {
    const reading = readAny(Buffer.from(start.padEnd(64, "\0"), "latin1"));
    expect(reading.dumps).toEqual([]);
    expect(notesOf(reading)).toMatch(expected);
  });

  it("is text when it begins with some zero bytes, on one side or on both", () => {
    for (const start of ["\0", "a\0b\0c\0\n", "\0".repeat(20)]) {
      expect(readAny(bytesOf(`${start}\n\n${DUMP}`)).dumps.map((dump) => dump.total)).toEqual([1]);
    }
  });

  it("is text when it begins with an empty line or with the letter a profile begins with", () => {
    expect(readAny(bytesOf(`\n\n${DUMP}`)).dumps).toHaveLength(1);
    expect(readAny(bytesOf(`Z goes first\n\n${DUMP}`)).dumps).toHaveLength(1);
    expect(readAny(new Uint8Array(0)).dumps).toEqual([]);
  });
});

describe("gzip", () => {
  it("that expands beyond the limit is stopped with a clear note", () => {
    const bomb = gzipSync(new Uint8Array(20_000_000).fill(0x61));
    const reading = readAny(bomb, { bytes: 1_000_000_000, ratio: 100, graceBytes: 1_000_000 });
    expect(notesOf(reading)).toMatch(/^limit: Unpacking was stopped/);
    expect(reading.bytes).toBeLessThan(18_000_000);
    const capped = readAny(bomb, { bytes: 2_000_000, ratio: 1e9, graceBytes: 0 });
    expect(notesOf(capped)).toMatch(/^limit: Unpacking was stopped/);
  });

  it("that is cut gives what came before the cut, and says so", () => {
    const dumps = Array.from({ length: 5000 }, (_, id) => DUMP.replace("7 [", `${id * 7919} [`)).join("\n");
    const packed = gzipSync(bytesOf(dumps));
    const reading = readAny(packed.subarray(0, packed.length - 1000));
    expect(reading.dumps[0]?.total).toBeGreaterThan(1000);
    expect(notesOf(reading)).toMatch(/truncated: The gzip file is cut or damaged/);
  });

  it("that is damaged never throws", () => {
    const packed = gzipSync(bytesOf(DUMP.repeat(20)));
    for (let index = 2; index < packed.length; index++) {
      const damaged = packed.slice();
      damaged[index] = damaged[index]! ^ 0x55;
      expect(() => readAny(damaged)).not.toThrow();
    }
  });
});

describe("a protobuf profile", () => {
  it("gives its stacks with inlined calls, labels, counts, a state that the frames prove, and its time", () => {
    const [dump] = readAny(gzipSync(profile())).dumps;
    expect(dump).toMatchObject({
      form: "profile-proto",
      profile: "goroutine",
      total: 2,
      time: "2026-01-02T03:04:05.123Z",
    });
    expect(dump!.states).toEqual(["chan receive"]);
    expect(dump!.labelSets[at(dump!.goroutines.labels, 0)]).toEqual([["route", "/buy"]]);
    const { frames } = stackOf(dump!, at(dump!.goroutines.stack, 0));
    expect(frames.map(({ function: name, line }) => `${name}:${line}`)).toEqual([
      "runtime.gopark:474",
      "runtime.chanrecv1:509",
      "main.F[...]:7",
      "main.main:12",
      "0xffffffffff600000:null",
    ]);
  });

  it("of a difference may have negative counts, and does not show all goroutines", () => {
    const [dump] = readAny(profile("goroutine", -3n)).dumps;
    expect(dump!.total).toBe(-3);
    expect(coverageOf(dump!).kind).toBe("excerpt");
    expect(coverageOf(readAny(profile()).dumps[0]!).kind).toBe("whole");
  });

  it.each([
    ["samples", /CPU profile.*go tool pprof.*debug=2/],
    ["inuse_space", /memory profile/],
    ["contentions", /block or mutex profile/],
    ["threadcreate", /profile of threads/],
  ])("of the type %s is named and left alone", (type, expected) => {
    const reading = readAny(profile(type));
    expect(reading.dumps).toEqual([]);
    expect(notesOf(reading)).toMatch(expected);
  });

  it("that is cut anywhere gives a dump or a note, and never throws", () => {
    const whole = profile();
    for (let length = 3; length < whole.length; length++) {
      const reading = readAny(whole.subarray(0, length));
      expect(reading.dumps.length + reading.notes.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ["a number of hundreds of bytes", [0x10, ...Array<number>(500).fill(0xff), 1], /longer than 64 bits/],
    ["a length beyond its end", [0x12, 0xff, 0xff, 0xff, 0x7f], /cut, or damaged/],
    ["messages in messages without end", Array<number>(5000).fill(0x1a), /cut, or damaged/],
    ["a field of another format", [0xf9, 1, 1, 2, 3, 4, 5, 6, 7, 8], /fields that profiles do not have/],
  ])("with %s is refused", (_, bytes, expected) => {
    const reading = readAny(Uint8Array.from([0x0a, 4, 8, 1, 16, 2, ...bytes]));
    expect(reading.dumps).toEqual([]);
    expect(notesOf(reading)).toMatch(expected);
  });

  it("with more fields than any real one is refused before it is decoded", () => {
    const bytes = new Uint8Array(6 + 2 * (FIELD_LIMIT + 1));
    for (let index = 6; index < bytes.length; index += 2) bytes[index] = 0x12;
    bytes.set([0x0a, 4, 8, 1, 16, 2]);
    const before = process.memoryUsage().heapUsed;
    const reading = readAny(bytes);
    expect(notesOf(reading)).toMatch(/^limit: .*more than 1500000 fields/);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });

  it("with any byte changed never throws", () => {
    const whole = readAny(corpusBytes("labels/labels-go1.24.pb.gz"));
    expect(whole.dumps).toHaveLength(1);
    const bytes = profile();
    for (let index = 3; index < bytes.length; index++) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const changed = bytes.slice();
        changed[index] = value;
        expect(() => readAny(changed)).not.toThrow();
      }
    }
  });
});

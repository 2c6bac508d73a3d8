import { crc32 as nodeCrc32, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { english } from "../../server/src/core/text/say.ts";
import { readAny } from "../../server/src/formats/anyReader.ts";
import { crc32 } from "../../server/src/formats/crc32.ts";
import { BoundedGunzip } from "../../server/src/formats/gunzip.ts";

const DUMP = "goroutine 7 [chan receive, 3 minutes]:\nmain.wait(0xc000010000)\n\t/src/x/main.go:9 +0x1d\n\n";
const packed = gzipSync(DUMP);
const concat = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

function notesOf(bytes: Uint8Array): readonly string[] {
  return readAny(bytes).notes.map(({ message }) => english(message));
}

function changed(at: number, value?: number): Uint8Array {
  const copy = new Uint8Array(packed);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = value ?? copy[index]! ^ 0xff;
  return copy;
}

it.each([0, 1, 3, 4, 5, 1000])("the checksum of %i bytes is gzip's, in one part or several", (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 7919) & 0xff);
  const cut = Math.floor(length / 3);
  // What Node computes too, where it does (20.15 and 22.2).
  const expected = nodeCrc32?.(bytes) ?? crc32(bytes);

  expect(crc32(bytes)).toBe(expected);
  expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(expected);
});

describe("a gzip file", () => {
  it.each([
    ["of one member", packed],
    ["of several members", concat(packed, gzipSync(""), gzipSync(DUMP.replace("7", "8")))],
    ["of members larger than a step", concat(gzipSync("noise\n".repeat(300_000), { level: 0 }), packed)],
  ])("%s that is whole has no note", (_, bytes) => {
    expect(notesOf(bytes)).toEqual([]);
    for (const size of [7, 1000, 16 * 1024]) {
      const gunzip = new BoundedGunzip(() => {});
      for (let start = 0; start < bytes.length; start += size) gunzip.push(bytes.subarray(start, start + size));
      expect(gunzip.end()).toBe("whole");
    }
  });

  const wrong = "The checksum of the gzip file is wrong: it is damaged or cut, or something stands behind it.";
  const damaged = "The gzip file is cut or damaged: what is behind this place is missing.";
  it.each([
    ["whose checksum is wrong", changed(-8), wrong],
    ["whose length is wrong", changed(-4), wrong],
    ["of which a part of the trailer is missing", packed.subarray(0, -3), wrong],
    ["without its trailer", packed.subarray(0, -8), wrong],
    ["with a byte behind it", concat(packed, Uint8Array.of(1)), wrong],
    ["with text behind it", concat(packed, new TextEncoder().encode("something else")), damaged],
    ["whose first member has a wrong checksum", concat(changed(-8), packed), wrong],
    ["that is cut", packed.subarray(0, -20), damaged],
  ])("%s says so", (_, bytes, message) => {
    expect(notesOf(bytes)).toEqual([message]);
  });

  it("is given up when its header goes on and on", () => {
    const header = Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3);
    const name = new Uint8Array(5 * 1024 * 1024).fill(0x61);
    const start = process.cpuUsage();

    expect(notesOf(concat(header, name, Uint8Array.of(0), packed.subarray(10)))).toEqual([damaged]);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });
});

/**
 * Reads mutated dumps for a while: `npm run fuzz -- --minutes 5 [--seed N]`. The seeds are all fixtures. A text on which
 * reading throws, takes longer than it should, or gives something else when its bytes come in other chunks is saved under
 * test/fixtures/fuzz, where a unit test reads it again from then on.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");
const FOUND = join(ROOT, "test/fixtures/fuzz");
/** Bytes of a seed that are used: many short texts find more than a few long ones. */
const SEED_BYTES = 20_000;
/** Milliseconds one reading of a text of that size may take, on a busy machine. */
const SLOW = 3000;
const PIECES = [
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\x1b[31m",
  "goroutine 7 [running]:\n",
  "panic: x\n",
  "> ",
  '{"log":"',
  "\\n",
  "#012",
  "<pre>",
  "==================\n",
  "WARNING: DATA RACE\n",
  "goroutine profile: total 3\n",
  "2 @ 0x1 0x2\n",
  "created by main.f\n",
  "-----\n",
  "```\n",
  "\ufeff",
  "\u2028",
  'write(2, "goroutine ',
  "[pod/x] ",
  "  ",
  "Type: goroutine\n",
  "\x1f\x8b\x08",
].map((text) => Buffer.from(text));

const { values: options } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(options.minutes ?? 1);
const random = generator(Number(options.seed ?? Date.now() % 1_000_000));
const { AnyReader, readAny, contentsOf, placesOf } = await bundled();
const seeds = fixtures();
const end = Date.now() + minutes * 60_000;
let runs = 0;
let found = 0;
while (Date.now() < end) {
  const bytes = mutate(pick(seeds));
  const fault = check(bytes);
  runs++;
  if (fault !== null) save(bytes, fault);
}
process.stdout.write(`${runs} texts read in ${minutes} minutes, ${found} faults.\n`);
process.exitCode = found > 0 ? 1 : 0;

/** What is wrong with the reading of these bytes, or null. */
function check(bytes) {
  const start = Date.now();
  try {
    const whole = said(readAny(bytes));
    const time = Date.now() - start;
    if (time > SLOW) return `slow: ${time} ms`;
    return whole === said(readInChunks(bytes)) ? null : "chunks: another result in other chunks";
  } catch (error) {
    return `throws: ${String(error)}`;
  }
}

/** All that a reading says; the numbers of its tables may differ. */
function said(reading) {
  return JSON.stringify([contentsOf(reading.dumps), placesOf(reading)]);
}

function readInChunks(bytes) {
  const reader = new AnyReader();
  for (let start = 0; start < bytes.length;) {
    const size = 1 + Math.trunc(random() * (random() < 0.5 ? 8 : 5000));
    reader.push(bytes.slice(start, start + size));
    start += size;
  }
  return reader.end();
}

function mutate(seed) {
  const start = Math.trunc(random() * Math.max(1, seed.length - SEED_BYTES));
  let bytes = Buffer.from(seed.subarray(start, start + SEED_BYTES));
  for (let count = 1 + Math.trunc(random() * 8); count > 0; count--) {
    const place = Math.trunc(random() * bytes.length);
    const length = Math.trunc(random() * (random() < 0.7 ? 40 : bytes.length));
    const put = pick([
      Buffer.alloc(0),
      pick(PIECES),
      bytes.subarray(place, place + length),
      Buffer.from([random() * 256]),
    ]);
    const cut = random() < 0.5 ? length : 0;
    bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]);
  }
  return new Uint8Array(bytes);
}

function save(bytes, fault) {
  found++;
  mkdirSync(FOUND, { recursive: true });
  const path = join(FOUND, `${fault.split(":")[0]}-${runs}.bin`);
  writeFileSync(path, bytes);
  process.stdout.write(`${fault}\n  ${path}\n`);
}

function fixtures() {
  return readdirSync(join(ROOT, "test/fixtures"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:go|mod|sum|md|json)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .filter((bytes) => bytes.length > 0);
}

async function bundled() {
  const outfile = join(mkdtempSync(join(tmpdir(), "fuzz-")), "reader.mjs");
  const contents = 'export * from "./server/src/formats/anyReader.ts"; export * from "./test/support/readings.ts";';
  const stdin = { contents, resolveDir: ROOT };
  await build({ stdin, outfile, bundle: true, format: "esm", platform: "neutral", mainFields: ["module", "main"] });
  return import(pathToFileURL(outfile).href);
}

function pick(list) {
  return list[Math.trunc(random() * list.length)];
}

/** A small generator of numbers from 0 to 1 (mulberry32): the same seed gives the same texts. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

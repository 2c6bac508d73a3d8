/**
 * Tries to break the reading, the rules and the server for a while: `npm run fuzz -- --minutes 5 [--seed N]`. The seeds are
 * all fixtures. What breaks them is saved under test/fixtures/fuzz, where a unit test tries it again from then on:
 *
 * - `text`: mutated texts must be read and judged without an error, in linear time, and alike in any chunks.
 * - `findings`: the same dump written otherwise (wrapped, on one line, CRLF, gzip, with labels, in another order) must have
 *   the same findings.
 * - `server`: behind random edits and requests a document must look as a fresh one with the same text does.
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");
const FOUND = join(ROOT, "test/fixtures/fuzz");
/** Characters of a text that is edited: many short runs find more than a few long ones. */
const EDITED = 6000;

const { values: options } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(options.minutes ?? 1);
const seed = Number(options.seed ?? Date.now() % 1_000_000);
const { Random, mutate, otherDump, textFault, findingsFault, plainText, serverFault } = await bundled();
const random = new Random(seed);
const seeds = fixtures();
const texts = seeds.map((bytes) => plainText(bytes)).filter((text) => text !== undefined);
const kinds = { text: tryText, findings: tryFindings, server: tryServer };
const runs = new Map(Object.keys(kinds).map((kind) => [kind, 0]));
const faults = new Map();
const end = Date.now() + minutes * 60_000;
while (Date.now() < end) {
  // As many of each kind as time goes; a run of the server takes longer than one of a text.
  for (const [kind, run] of Object.entries(kinds)) {
    const tried = await run();
    if (tried === undefined) continue;
    runs.set(kind, runs.get(kind) + 1);
    if (tried.fault !== null) save(tried.bytes, tried.fault);
  }
}
for (const [kind, count] of runs) process.stdout.write(`${kind}: ${count} runs\n`);
process.stdout.write(`${minutes} minutes with seed ${seed}: ${faults.size} faults.\n`);
process.exitCode = faults.size > 0 ? 1 : 0;

function tryText() {
  const bytes = mutate(random.pick(seeds), random);
  return { bytes, fault: textFault(bytes, random) };
}

function tryFindings() {
  const text = otherDump(random.pick(texts), random);
  return text === undefined ? undefined : { bytes: Buffer.from(text), fault: findingsFault(text, random) };
}

async function tryServer() {
  const text = random.pick(texts).slice(0, EDITED);
  return { bytes: Buffer.from(text), fault: await serverFault(text, random) };
}

/** Each kind of fault is kept a few times: one mend may end many. */
function save(bytes, fault) {
  const kind = fault.split(":")[0];
  const known = faults.get(kind) ?? 0;
  faults.set(kind, known + 1);
  if (known >= 5) return;
  mkdirSync(FOUND, { recursive: true });
  const path = join(FOUND, `${kind}-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}.bin`);
  writeFileSync(path, bytes);
  process.stdout.write(`${fault}\n  ${path}\n`);
}

function fixtures() {
  return readdirSync(join(ROOT, "test/fixtures"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:go|mod|sum|md|json)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .filter((bytes) => bytes.length > 0);
}

/** Within the project, so that the packages it uses are found. */
async function bundled() {
  const folder = join(ROOT, "dist");
  mkdirSync(folder, { recursive: true });
  const outfile = join(mkdtempSync(join(folder, "fuzz-")), "fuzz.mjs");
  const parts = ["random", "mutate", "checks", "serverRun"];
  const contents = parts.map((part) => `export * from "./test/fuzz/${part}.ts";`).join("\n");
  await build({
    stdin: { contents, resolveDir: ROOT },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  return import(pathToFileURL(outfile).href);
}

import { gzipSync } from "node:zlib";
import { english } from "../../server/src/core/text/say.ts";
import { AnyReader, readAny } from "../../server/src/formats/anyReader.ts";
import { analyseBytes } from "../support/analyse.ts";
import { contentsOf, placesOf } from "../support/readings.ts";
import type { Random } from "./random.ts";

/** Milliseconds of processor time that reading and judging a text of some 20 kB may take. */
const SLOW = 3000;

/** What is wrong with how these bytes are read and judged: its kind, a colon, and more; null: nothing. */
export function textFault(bytes: Uint8Array, random: Random): string | null {
  const start = process.cpuUsage();
  try {
    const whole = said((reader) => reader.push(bytes));
    // Packed bytes would be unpacked by others here.
    if (bytes[0] !== 0x1f) analyseBytes(bytes);
    const { user, system } = process.cpuUsage(start);
    if (user + system > SLOW * 1000) return `slow: ${(user + system) / 1000} ms`;
    return whole === said((reader) => inChunks(bytes, reader, random)) ? null : "chunks: read otherwise in chunks";
  } catch (error) {
    return `throws: ${String(error)}`;
  }
}

/** All that a reading says; the numbers of its tables may differ. */
function said(feed: (reader: AnyReader) => void): string {
  const reader = new AnyReader();
  feed(reader);
  const reading = reader.end();
  return JSON.stringify([contentsOf(reading.dumps), placesOf(reading)]);
}

function inChunks(bytes: Uint8Array, reader: AnyReader, random: Random): void {
  for (let start = 0; start < bytes.length;) {
    const size = 1 + random.below(random.next() < 0.5 ? 8 : 5000);
    reader.push(bytes.slice(start, start + size));
    start += size;
  }
}

/** A way to write the same dump, after which the same has to be found. */
interface Rewriting {
  readonly name: string;
  readonly write: (text: string, random: Random) => string | Uint8Array;
}

const REWRITINGS: readonly Rewriting[] = [
  { name: "crlf", write: (text) => text.replaceAll("\n", "\r\n") },
  { name: "gzip", write: (text) => new Uint8Array(gzipSync(text)) },
  { name: "prefix", write: (text) => text.replace(/^/gm, "2026-01-02T03:04:05.678Z app[7]: ") },
  { name: "one-line", write: (text) => `${JSON.stringify({ level: "error", stack: text })}\n` },
  {
    name: "records",
    write: (text) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => `${JSON.stringify({ log: `${line}\n`, stream: "stderr" })}\n`)
        .join(""),
  },
  {
    name: "labels",
    write: (text) => text.replace(/^(goroutine \d+ \[[^\]\n"]*\]):$/gm, '$1 {request: r7, user: "a b"}:'),
  },
  { name: "order", write: (text, random) => reordered(text, random) },
];

/** The first goroutine stays, as it printed the dump, and the last one: it tells whether the text was cut within it. */
function reordered(text: string, random: Random): string {
  const [first = "", ...others] = text.trimEnd().split("\n\n");
  const last = others.splice(-1);
  return `${[first, ...random.shuffled(others), ...last].join("\n\n")}\n`;
}

/** Which rewriting of a plain traceback has other findings than the text itself; null: none. */
export function findingsFault(text: string, random: Random): string | null {
  try {
    const plain = new TextEncoder().encode(text);
    for (const { name, write } of REWRITINGS) {
      const written = write(text, random);
      const bytes = typeof written === "string" ? new TextEncoder().encode(written) : written;
      // Who is named of several alike may be another one in another order.
      const isWhole = name !== "order";
      const [expected, found] = [findingsOf(plain, isWhole), findingsOf(bytes, isWhole)];
      if (found !== expected) return `findings-${name}: ${expected} but ${found}`;
    }
    return null;
  } catch (error) {
    return `throws: ${String(error)}`;
  }
}

function findingsOf(bytes: Uint8Array, withText: boolean): string {
  const findings = analyseBytes(bytes).flatMap((analysed) => analysed.findings);
  return findings
    .map(({ rule, certainty, count, title, message }) => {
      const text = withText ? `: ${english(title)}: ${english(message)}` : "";
      return `${certainty} ${rule} ${count}${text}`;
    })
    .sort()
    .join("\n");
}

/** The texts of a file that {@link findingsFault} takes; undefined: it is none of them. */
export function plainText(bytes: Uint8Array): string | undefined {
  const { dumps } = readAny(bytes);
  const isPlain = dumps.length === 1 && dumps[0]!.form === "traceback" && dumps[0]!.wrapping === null;
  return isPlain && bytes.length < 200_000 ? new TextDecoder().decode(bytes) : undefined;
}

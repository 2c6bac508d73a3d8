import { PIECE_TEXTS } from "../support/pieces.ts";
import type { Random } from "./random.ts";

/** Bytes of a seed that are used: many short texts find more than a few long ones. */
const SEED_BYTES = 20_000;
const PIECES = PIECE_TEXTS.map((text) => Buffer.from(text));

/** A part of the seed with pieces put in, doubled and cut out. */
export function mutate(seed: Uint8Array, random: Random): Uint8Array {
  const start = random.below(Math.max(1, seed.length - SEED_BYTES));
  let bytes = Buffer.from(seed.subarray(start, start + SEED_BYTES));
  for (let count = 1 + random.below(8); count > 0; count--) {
    const place = random.below(bytes.length);
    const length = random.below(random.next() < 0.7 ? 40 : bytes.length);
    const put = random.pick([
      Buffer.alloc(0),
      random.pick(PIECES),
      bytes.subarray(place, place + length),
      Buffer.from([random.below(256)]),
    ]);
    const cut = random.next() < 0.5 ? length : 0;
    bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]);
  }
  return new Uint8Array(bytes);
}

/** States that change what the rules say. */
const STATES = [
  "chan send",
  "chan receive",
  "select",
  "IO wait",
  "running",
  "sync.Mutex.Lock",
  "semacquire",
  "sleep",
  "chan send (nil chan)",
];

/**
 * Another dump of the same program: goroutines left out, with other states and waits. Undefined: the text is more than the
 * goroutines of one traceback.
 */
export function otherDump(text: string, random: Random): string | undefined {
  const blocks = text.trimEnd().split(/\n\n+/);
  if (!blocks.every((block) => /^goroutine \d+ \[[^\]\n"]*\]:\n/.test(block))) return undefined;
  const kept = blocks.filter((_, index) => index === 0 || random.next() < 0.8).slice(0, 200);
  const changed = kept.map((block, index) => {
    if (index === 0 || random.next() < 0.7) return block;
    const wait = random.next() < 0.5 ? "" : `, ${random.below(200)} minutes`;
    return block.replace(/\[[^\]\n]*\]/, `[${random.pick(STATES)}${wait}]`);
  });
  return `${changed.join("\n\n")}\n`;
}

import type { Reading } from "../../core/read/dumpReader.ts";
import type { Label } from "../../core/model/dump.ts";

/** Label sets between two looks at whether the turn is over. */
const STEP = 1000;

/**
 * The label sets of a dump for the way between threads. As they are, the thread that takes them makes each set and each label
 * anew within one turn, which of 100,000 sets takes longer than a turn may; this is three values, and unpacked in turns.
 */
export interface PackedLabels {
  /** All keys and values, one behind the other. */
  readonly text: string;
  /** Characters of each. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** Labels of each set. */
  readonly counts: Uint32Array<ArrayBuffer>;
}

/** A reading on its way between threads: its dumps are without label sets. */
export interface SentReading {
  readonly reading: Reading;
  /** Of each dump. */
  readonly labels: readonly PackedLabels[];
}

/** Makes a reading ready for its way. */
export function packReading(reading: Reading): SentReading {
  const labels = reading.dumps.map(({ labelSets }) => packLabels(labelSets));
  return { reading: { ...reading, dumps: reading.dumps.map((dump) => ({ ...dump, labelSets: [] })) }, labels };
}

/** The reading as it was sent; `pause` is called now and then, and may give the turn away. */
export async function unpackReading({ reading, labels }: SentReading, pause: () => Promise<void>): Promise<Reading> {
  const dumps = [];
  for (const [index, dump] of reading.dumps.entries()) {
    const packed = labels[index];
    dumps.push(packed === undefined ? dump : { ...dump, labelSets: await unpackLabels(packed, pause) });
  }
  return { ...reading, dumps };
}

function packLabels(sets: readonly (readonly Label[])[]): PackedLabels {
  const texts = sets.flat(2);
  return {
    text: texts.join(""),
    lengths: Uint32Array.from(texts, ({ length }) => length),
    counts: Uint32Array.from(sets, ({ length }) => length),
  };
}

async function unpackLabels({ text, lengths, counts }: PackedLabels, pause: () => Promise<void>): Promise<Label[][]> {
  let [at, index] = [0, 0];
  const next = (): string => text.slice(at, (at += lengths[index++] ?? 0));
  const sets: Label[][] = [];
  for (const count of counts) {
    sets.push(Array.from({ length: count }, (): Label => [next(), next()]));
    if (sets.length % STEP === 0) await pause();
  }
  return sets;
}

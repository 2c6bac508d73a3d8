import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import { type Dump, NO_LABELS } from "../../server/src/core/model/dump.ts";
import { stackOf } from "../../server/src/core/model/stack.ts";

import { readAny } from "../../server/src/formats/anyReader.ts";
import { type CorpusFile, corpusBytes, corpusFiles } from "../support/corpus.ts";

type Measured = Omit<CorpusFile, "file" | "form" | "goVersion">;

/** What the manifest can say of a file, read from the dumps found in it. */
function measure(dumps: readonly Dump[]): Measured {
  const states: Record<string, number> = {};
  let [frames, createdBy, labelledGroups] = [0, 0, 0];
  for (const dump of dumps) {
    const { length, state, stack, weight, labels } = dump.goroutines;
    for (let row = 0; row < length; row++) {
      const name = dump.states[at(state, row)] ?? "";
      states[name] = (states[name] ?? 0) + (weight === null ? 1 : at(weight, row));
      const read = stackOf(dump, at(stack, row));
      frames += read.frames.filter((frame) => frame.line !== null).length;
      createdBy += typeof read.createdBy?.line === "number" ? 1 : 0;
      if (at(labels, row) !== NO_LABELS) labelledGroups++;
    }
    for (const system of dump.systemStacks) frames += stackOf(dump, system.stack).frames.length;
  }
  const groups = dumps.reduce((sum, dump) => sum + dump.goroutines.length, 0);
  return {
    goroutines: dumps.reduce((sum, dump) => sum + dump.total, 0),
    states,
    frames,
    createdBy,
    groups,
    samples: groups,
    labelledGroups,
    profile: dumps[0]?.profile ?? "",
    races: dumps.reduce((sum, dump) => sum + dump.races.length, 0),
    dumps: dumps.length,
    goroutinesPerDump: dumps.map((dump) => dump.total),
  };
}

const TRACEBACK = ["goroutines", "states", "frames", "createdBy", "dumps", "goroutinesPerDump"] as const;
/** What is compared, by form. */
const COMPARED: Readonly<Record<string, readonly (keyof Measured)[]>> = {
  debug1: ["goroutines", "groups", "labelledGroups", "profile", "dumps"],
  debug2: TRACEBACK,
  fatal: TRACEBACK,
  panic: TRACEBACK,
  pb: ["goroutines", "samples", "profile", "dumps"],
  "pprof-text": ["goroutines", "dumps"],
  race: ["races", "dumps"],
  sigquit: TRACEBACK,
  stack: TRACEBACK,
  test: TRACEBACK,
};

/** How a file differs from the truth; empty when it does not. */
function differences(truth: CorpusFile): readonly string[] {
  const measured = measure(readAny(corpusBytes(truth.file)).dumps);
  return (COMPARED[truth.form] ?? [])
    .filter((key) => truth[key] !== undefined && inOrder(measured[key]) !== inOrder(truth[key]))
    .map((key) => `${truth.file}: ${key} is ${inOrder(measured[key])}, should be ${inOrder(truth[key])}`);
}

function inOrder(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))));
}

describe("the corpus", () => {
  for (const form of Object.keys(COMPARED)) {
    const files = corpusFiles().filter((file) => file.form === form);
    it(`gives what the manifest says of all ${files.length} files of the form ${form}`, () => {
      const wrong = files.map(differences).filter((found) => found.length > 0);
      process.stdout.write(`${form}: ${files.length - wrong.length} / ${files.length}\n`);
      expect(wrong).toEqual([]);
    });
  }
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import { stackOf } from "../../server/src/core/model/stack.ts";
import { isStandardLibrary } from "../../server/src/core/names/standardLibrary.ts";
import { readAny } from "../../server/src/formats/anyReader.ts";

interface Truth {
  readonly file: string;
  readonly note: string;
  readonly dumps: number;
  readonly dumpsAccepted?: readonly number[];
  readonly goroutines: number;
  readonly goroutinesAccepted?: readonly number[];
  readonly states: Readonly<Record<string, number>>;
  readonly firstUserFrame: { readonly function: string; readonly file: string; readonly line: number } | null;
}

const FOLDER = join(import.meta.dirname, "../fixtures/shapes");
const TRUTHS = JSON.parse(readFileSync(join(FOLDER, "truth.json"), "utf8")) as readonly Truth[];

describe("a dump as people post it", () => {
  it.each(TRUTHS.map((truth) => [truth.file, truth] as const))("is read: %s", (file, truth) => {
    const { dumps } = readAny(readFileSync(join(FOLDER, file)));
    const goroutines = dumps.reduce((sum, dump) => sum + dump.total, 0);
    expect(truth.dumpsAccepted ?? [truth.dumps]).toContain(dumps.length);
    expect(truth.goroutinesAccepted ?? [truth.goroutines]).toContain(goroutines);
    const states: Record<string, number> = {};
    for (const dump of dumps.filter(({ form }) => form !== "profile-text")) {
      for (let row = 0; row < dump.goroutines.length; row++) {
        const state = dump.states[at(dump.goroutines.state, row)] ?? "";
        states[state] = (states[state] ?? 0) + 1;
      }
    }
    expect(states).toEqual(goroutines === truth.goroutines ? truth.states : states);
    const first = dumps.find(({ goroutines: { length } }) => length > 0);
    const frames = first === undefined ? [] : stackOf(first, at(first.goroutines.stack, 0)).frames;
    const user = frames.find((frame) => !isStandardLibrary(frame.function, frame.file));
    expect(user ?? {}).toMatchObject(truth.firstUserFrame ?? {});
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { readAny } from "../../server/src/formats/anyReader.ts";

/** What is true of a file under `test/fixtures/shapes`; its `INDEX.md` says how it counts. */
interface Shape {
  readonly file: string;
  readonly form: string;
  readonly dumps: number;
  readonly dumpsAccepted?: readonly number[];
  readonly goroutines: number;
  readonly goroutinesAccepted?: readonly number[];
  /** Empty for a form without states. */
  readonly states: Readonly<Record<string, number>>;
}

const FOLDER = join(import.meta.dirname, "../fixtures/shapes");
const SHAPES = JSON.parse(readFileSync(join(FOLDER, "truth.json"), "utf8")) as readonly Shape[];

function statesOf(dumps: readonly Dump[]): Readonly<Record<string, number>> {
  const states: Record<string, number> = {};
  for (const dump of dumps) {
    for (let row = 0; row < dump.goroutines.length; row++) {
      const state = dump.states[at(dump.goroutines.state, row)] ?? "";
      states[state] = (states[state] ?? 0) + 1;
    }
  }
  return states;
}

describe("a dump inside something else, or damaged", () => {
  it.each(SHAPES)("is found in $file: $form", (shape) => {
    const { dumps } = readAny(readFileSync(join(FOLDER, shape.file)));
    const goroutines = dumps.reduce((sum, dump) => sum + dump.total, 0);

    expect(shape.dumpsAccepted ?? [shape.dumps]).toContain(dumps.length);
    expect(shape.goroutinesAccepted ?? [shape.goroutines]).toContain(goroutines);
    // Other accepted counts and forms without states say nothing about the states.
    const says = Object.keys(shape.states).length > 0 && goroutines === shape.goroutines;
    const states = statesOf(dumps);
    expect(states).toEqual(says ? shape.states : states);
  });
});

import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { stackOf } from "../../server/src/core/model/stack.ts";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";
import { labelledPrograms, PROGRAMS, programDump } from "../support/programs.ts";

/** Goroutines with a frame at each position of a dump. */
function goroutinesByPosition(dump: Dump): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let row = 0; row < dump.goroutines.length; row++) {
    const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
    const positions = new Set(frames.map(({ file, line }) => `${file}:${line}`));
    for (const position of positions) counts.set(position, (counts.get(position) ?? 0) + 1);
  }
  return counts;
}

function countAt(counts: ReadonlyMap<string, number>, place: string): number {
  return [...counts].filter(([position]) => position.endsWith(`/${place}`)).reduce((sum, [, count]) => sum + count, 0);
}

describe("the labelled programs", () => {
  const programs = labelledPrograms();

  it("have a record each", () => {
    const folders = readdirSync(PROGRAMS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const expected = folders.map(({ name }) => name).filter((name) => name !== "leakserver");
    expect(programs.map(({ name }) => name).sort()).toEqual(expected.sort());
  });

  it.each(programs)("$name has its goroutines where its labels say", (program) => {
    const { dumps } = readDumps(programDump(program));
    expect(dumps).toHaveLength(1);
    const counts = dumps[0] === undefined ? new Map<string, number>() : goroutinesByPosition(dumps[0]);
    const places = [...program.leaks, ...program.normal];
    expect(places.map((place) => `${place.at} ${countAt(counts, place.at)}`)).toEqual(
      places.map((place) => `${place.at} ${place.goroutines + (place.healthyThere ?? 0)}`),
    );
  });
});

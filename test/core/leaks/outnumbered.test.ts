import { expect, test } from "vitest";
import { Analysis } from "../../../server/src/core/analysis/analysis.ts";
import type { Need, StackConfinement } from "../../../server/src/core/analysis/confinement.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { TraitsTable } from "../../../server/src/core/analysis/traits.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { findOutnumbered } from "../../../server/src/core/leaks/outnumbered.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { dumpText, type GoroutineText } from "../../support/goroutineText.ts";
import { NOTHING_SHOWN } from "../../support/stackConfinement.ts";

/** So many goroutines of one function, what they wait for, undefined: nothing, and what they may do for others. */
type Stack = readonly [name: string, count: number, waitsFor: number | undefined, serves: readonly number[]];

const need = (what: number): Need => ({ what, origin: "any", owner: undefined, values: "one" });

/** How many goroutines of each function are lost at least. */
function lost(...stacks: readonly Stack[]): Record<string, number> {
  const goroutines = stacks.flatMap(([name, count, waitsFor], index) =>
    Array.from({ length: count }, (_, number): GoroutineText => ({
      id: 1 + index * 1000 + number,
      state: waitsFor === undefined ? "sleep" : "chan send",
      frames: [`shop/${name}.run(0x1) ${name}.go:9`],
    })),
  );
  const [dump] = readDumps(new TextEncoder().encode(dumpText(...goroutines))).dumps;
  const groups = groupGoroutines(dump!, { byLabels: false });
  const traits = new TraitsTable(dump!, groups);
  const nameOf = (group: (typeof groups.groups)[number]) => traits.of(group).stack.frames[0]!.function.slice(5, -4);
  const confinement = (group: (typeof groups.groups)[number]): StackConfinement => {
    const [, , waitsFor, serves] = stacks.find(([name]) => name === nameOf(group))!;
    const waits = waitsFor === undefined ? undefined : [need(waitsFor)];
    return { ...NOTHING_SHOWN, waits, serves: serves.map(need) };
  };
  const context = { ...DEFAULT_CONTEXT, source: { at: () => undefined, confinement } };
  const counts = findOutnumbered(new Analysis(traits, context));
  return Object.fromEntries(
    groups.groups.flatMap((group) => (counts.has(group.id) ? [[nameOf(group), counts.get(group.id)!]] : [])),
  );
}

test("those who help are counted along a chain", () => {
  expect(lost(["first", 5, 1, []], ["second", 4, 2, [1]], ["reader", 3, undefined, [2]])).toEqual({
    first: 2,
    second: 1,
  });
});

test("those who help each other in a circle may all go on, however long that takes; of others that says nothing", () => {
  const circle: readonly Stack[] = [
    ["left", 400, 1, [2]],
    ["right", 400, 2, [1]],
  ];

  expect(lost(...circle, ["starter", 1, undefined, [1]], ["alone", 7, 3, []])).toEqual({ alone: 7 });
  expect(lost(...circle, ["alone", 7, 3, []])).toEqual({ left: 400, right: 400, alone: 7 });
});

import { describe, expect, it } from "vitest";
import { compareDumps } from "../../../server/src/core/compare/compareDumps.ts";
import { findInSeries } from "../../../server/src/core/compare/seriesRules.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { AnyReader } from "../../../server/src/formats/anyReader.ts";
import { analyseBytes } from "../../support/analyse.ts";
import { MANY } from "../../support/many.ts";

/** Each of a hundred thousand things costs as much as one of ten thousand; a quadratic step would take minutes. */
const SECONDS = 60_000;

function read(bytes: Uint8Array): readonly Dump[] {
  const reader = new AnyReader();
  reader.push(bytes);
  return reader.end().dumps;
}

describe("a text with very many", { timeout: SECONDS }, () => {
  it.each(MANY)("$name is read and analysed", ({ make, goroutines }) => {
    const analysed = analyseBytes(make());

    expect(analysed.reduce((sum, { dump }) => sum + dump.total, 0)).toBe(goroutines);
    for (const { findings } of analysed) for (const { evidence } of findings) expect(evidence[0]).not.toBe("");
  });

  it.each(MANY)("$name is compared with itself", ({ make }) => {
    const bytes = make();
    const [first] = read(bytes);
    const [second] = read(bytes);
    if (first === undefined || second === undefined) throw new Error("the text holds no dump");
    const [earlier, later] = [first, second].map((dump, index) => ({
      dump,
      time: index * 60_000,
      groups: groupGoroutines(dump, { byLabels: false }),
    }));
    const comparison = compareDumps([earlier!, later!]);

    expect(comparison.groups.every(({ counts }) => counts[0] === counts[1])).toBe(true);
    expect(findInSeries(comparison).every(({ rule }) => rule === "stuck")).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { compareDumps } from "../../../server/src/core/compare/compareDumps.ts";
import type { Snapshot } from "../../../server/src/core/compare/comparison.ts";
import { findInSeries } from "../../../server/src/core/compare/seriesRules.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { frameOf } from "../../../server/src/core/model/stack.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { corpusBytes } from "../../support/corpus.ts";

const forms = ["debug2.txt.gz", "debug1.txt", "pb.gz"] as const;
type Form = (typeof forms)[number];

/** The corpus' series: one program that leaks at one place, a minute apart. */
function growth(...series: readonly [Form, Form, Form]): readonly Snapshot[] {
  return series.map((form, index) => snapshot(`leak/growth-go1.24-t${index}.${form}`, index));
}

function snapshot(file: string, minute: number): Snapshot {
  const [dump] = readAny(corpusBytes(file)).dumps;
  if (dump === undefined) throw new Error(`${file} holds no dump`);
  return { dump, groups: groupGoroutines(dump, { byLabels: false }), time: minute * 60_000 };
}

function findings(snapshots: readonly Snapshot[]) {
  const comparison = compareDumps(snapshots);
  const last = snapshots.at(-1);
  return findInSeries(comparison).map(({ rule, certainty, count, frame }) => {
    const place = last === undefined || frame === null ? null : frameOf(last.dump, frame);
    return { rule, certainty, count, at: `${place?.file?.replace(/^.*\//, "")}:${place?.line}` };
  });
}

describe("a program that leaks", () => {
  it.each<readonly [Form, Form, Form]>([
    ["debug2.txt.gz", "debug2.txt.gz", "debug2.txt.gz"],
    ["debug1.txt", "debug1.txt", "debug1.txt"],
    ["pb.gz", "pb.gz", "pb.gz"],
    ["debug1.txt", "pb.gz", "debug2.txt.gz"],
    ["debug2.txt.gz", "debug1.txt", "pb.gz"],
    ["pb.gz", "debug2.txt.gz", "debug1.txt"],
  ])("grows at its one place in %s, %s, %s", (...series) => {
    const snapshots = growth(...series);
    const [grown] = compareDumps(snapshots).groups;

    expect(grown).toMatchObject({ change: "grown", counts: [1500, 2400, 5000], perMinute: 1750, risesAlways: true });
    expect(findings(snapshots)).toEqual([{ rule: "growing", certainty: "strong", count: 5000, at: "hub.go:58" }]);
  });

  it("is no more than suspect over two dumps", () => {
    expect(findings(growth("pb.gz", "pb.gz", "pb.gz").slice(0, 2))).toMatchObject([{ certainty: "suspect" }]);
  });
});

import { gzipSync } from "fflate";
import { Profile, StringTable } from "pprof-format";
import { describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import { type Dump, NO_ID, NO_WAIT } from "../../server/src/core/model/dump.ts";
import { readAny } from "../../server/src/formats/anyReader.ts";
import { analyseBytes } from "../support/analyse.ts";

/** A goroutine as CockroachDB's Go writes it: labels in this order, the program's own behind them. */
interface Sample {
  readonly id: number;
  readonly creator: number;
  readonly state: string;
  readonly minutes?: number;
  readonly labels?: readonly (readonly [string, string])[];
}

/**
 * A profile as `printCountProfile(w, 3, "goroutine", ...)` of CockroachDB's Go writes it (`src/runtime/pprof/pprof.go`,
 * 1.25.5): copied from the source code, since that Go is not to be had here. Numbers of zero are left out by its encoder.
 */
function debug3(samples: readonly Sample[]): Uint8Array {
  const strings = new StringTable();
  const word = (text: string) => strings.dedup(text);
  const type = { type: word("goroutine"), unit: word("count") };
  const label = ({ id, creator, state, minutes, labels }: Sample) => [
    { key: word("go::goroutine"), num: id },
    ...(id === 1 ? [] : [{ key: word("go::goroutine_created_by"), num: creator }]),
    { key: word("go::goroutine_state"), str: word(state) },
    ...(minutes === undefined ? [] : [{ key: word("go::goroutine_wait_minutes"), num: minutes }]),
    ...(labels ?? []).map(([key, value]) => ({ key: word(key), str: word(value) })),
  ];
  const names = ["runtime.gopark", "runtime.chanrecv1", "example.com/store.(*Queue).take"];
  const profile = new Profile({
    periodType: type,
    period: 1,
    sampleType: [type],
    function: names.map((name, index) => ({ id: index + 1, name: word(name), filename: word(`/src/f${index}.go`) })),
    location: names.map((_, index) => ({ id: index + 1, line: [{ functionId: index + 1, line: index + 10 }] })),
    sample: samples.map((sample) => ({ locationId: [1, 2, 3], value: [1], label: label(sample) })),
    stringTable: strings,
  });
  return gzipSync(profile.encode());
}

function read(samples: readonly Sample[]): Dump {
  const [dump] = readAny(debug3(samples)).dumps;
  if (dump === undefined) throw new Error("the profile holds no dump");
  return dump;
}

function rowsOf(dump: Dump): readonly unknown[] {
  const { id, creator, state, wait, labels, length } = dump.goroutines;
  return Array.from({ length }, (_, row) => [
    at(id, row),
    at(creator, row),
    dump.states[at(state, row)],
    at(wait, row),
    dump.labelSets[at(labels, row)],
  ]);
}

describe("a profile of CockroachDB's debug=3", () => {
  it("has ids, creators, states, waits and the program's own labels", () => {
    const dump = read([
      { id: 1, creator: 0, state: "chan receive" },
      { id: 18, creator: 1, state: "select", minutes: 7, labels: [["job", "backup"]] },
      { id: 2, creator: 0, state: "force gc (idle)" },
    ]);
    expect(rowsOf(dump)).toEqual([
      [1, NO_ID, "chan receive", NO_WAIT, []],
      [18, 1, "select", 7, [["job", "backup"]]],
      [2, NO_ID, "force gc (idle)", NO_WAIT, []],
    ]);
    expect([dump.total, dump.goroutines.weight]).toEqual([3, null]);
  });

  it("leaves alone what a program calls like the runtime's labels", () => {
    const set: Sample["labels"] = [
      ["go::goroutine", "x"],
      ["go::other", "y"],
    ];
    const dump = read([{ id: 18, creator: 1, state: "select", labels: set }]);
    expect(rowsOf(dump)).toEqual([[18, 1, "select", NO_WAIT, set]]);
  });

  it("goes through the rules as any other profile", () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ id: index + 2, creator: 1, state: "select" }));
    expect(analyseBytes(debug3(many)).map(({ dump }) => dump.total)).toEqual([50]);
  });
});

describe("a profile of Go's own", () => {
  it("keeps a label that is called like one of debug=3, where there is no id", () => {
    const strings = new StringTable();
    const type = { type: strings.dedup("goroutine"), unit: strings.dedup("count") };
    const label = [{ key: strings.dedup("go::goroutine_state"), str: strings.dedup("mine") }];
    const profile = new Profile({ sampleType: [type], sample: [{ value: [3], label }], stringTable: strings });
    const [dump] = readAny(profile.encode()).dumps;
    expect(rowsOf(dump!)).toEqual([[NO_ID, NO_ID, "unknown", NO_WAIT, [["go::goroutine_state", "mine"]]]]);
    expect(dump?.total).toBe(3);
  });
});

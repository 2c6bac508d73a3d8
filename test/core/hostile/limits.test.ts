import { Profile, StringTable } from "pprof-format";
import { describe, expect, it } from "vitest";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { at } from "../../../server/src/core/model/column.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { LIMITS } from "../../../server/src/core/text/limits.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { analyseBytes } from "../../support/analyse.ts";

const FRAME = "main.f()\n\t/src/x/main.go:8 +0x3a\n";

function times(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join("");
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A profile with `samples` samples that go through one location of `lines` inlined calls `repeats` times. */
function profile(samples: number, repeats: number, lines: number): Uint8Array {
  const strings = new StringTable();
  const [type, name] = [strings.dedup("goroutine"), strings.dedup("main.f")];
  return new Profile({
    sampleType: [{ type, unit: type }],
    function: [{ id: 1, name }],
    location: [{ id: 1, line: Array.from({ length: lines }, (_, line) => ({ functionId: 1, line })) }],
    sample: Array.from({ length: samples }, () => ({ locationId: Array<number>(repeats).fill(1), value: [1] })),
    stringTable: strings,
  }).encode();
}

const RACE = `WARNING: DATA RACE
Write at 0x00c000012345 by goroutine 7:
  main.f()
      /src/x/main.go:8 +0x3a

Previous write at 0x00c000012345 by goroutine 8:
  main.g()
      /src/x/main.go:9 +0x3a

`;

const ORDER = `POTENTIAL DEADLOCK: Inconsistent locking. saw this ordering in one goroutine:
happened before
main.go:22 main.f { a.Lock() } <<<<<

`;

interface Case {
  readonly make: () => Uint8Array;
  readonly note: string;
  /** What is still there of the first dump. */
  readonly kept: (dump: Dump, dumps: readonly Dump[]) => unknown;
  readonly expected: unknown;
}

/** For each limit an input that goes beyond it by one or more. */
const CASES: Readonly<Record<keyof typeof LIMITS, Case>> = {
  dumps: {
    make: () => bytesOf(times(LIMITS.dumps + 1, () => `goroutine 1 [running]:\n${FRAME}\n`) + "\nx".repeat(1000)),
    note: "Dumps behind the first 5000 of this text are left out.",
    kept: (_, dumps) => dumps.length,
    expected: LIMITS.dumps,
  },
  incidents: {
    make: () => bytesOf(`${"panic: x\n".repeat(LIMITS.incidents + 2)}\ngoroutine 1 [running]:\n${FRAME}`),
    note: "2 panics, errors and signals behind the first 1000 are left out (line 1000, ...).",
    kept: ({ incidents }) => incidents.length,
    expected: LIMITS.incidents,
  },
  races: {
    make: () => bytesOf(times(LIMITS.races + 1, () => `==================\n${RACE}`)),
    note: "1 race report behind the first 10000 is left out (line 100002).",
    kept: ({ races }) => races.length,
    expected: LIMITS.races,
  },
  deadlockReports: {
    make: () => bytesOf(times(LIMITS.deadlockReports + 1, () => ORDER)),
    note: "1 report of go-deadlock behind the first 10000 is left out (line 40001).",
    kept: ({ deadlockReports }) => deadlockReports.length,
    expected: LIMITS.deadlockReports,
  },
  deadlockPlaces: {
    make: () =>
      bytesOf(
        `POTENTIAL DEADLOCK:\nOther goroutines holding locks:\n${times(
          LIMITS.deadlockPlaces + 2,
          (id) => `goroutine ${id} lock 0x1\nmain.go:22 main.f { a.Lock() } <<<<<\n\n`,
        )}`,
      ),
    note: "2 places of a report behind its first 10000 are left out (line 30003, 30006).",
    kept: ({ deadlockReports, total }) => [deadlockReports[0]?.places.length, total],
    expected: [LIMITS.deadlockPlaces, LIMITS.deadlockPlaces + 2],
  },
  systemStacks: {
    make: () =>
      bytesOf(
        `goroutine 1 [running]:\n${FRAME}\n${times(LIMITS.systemStacks + 1, () => `runtime stack:\n${FRAME}\n`)}`,
      ),
    note: "1 stack without a goroutine behind the first 10000 is left out (line 40005).",
    kept: ({ systemStacks }) => systemStacks.length,
    expected: LIMITS.systemStacks,
  },
  stackFrames: {
    make: () =>
      bytesOf(
        `goroutine 1 [running]:\n${FRAME.repeat(LIMITS.stackFrames + 5)}created by main.g\n\t/src/x/main.go:1 +0x1\n`,
      ),
    note: "Stacks have more than 10000 frames: the outer ones are left out (line 1, ...).",
    kept: (dump) => {
      const { frames, createdBy } = stackOf(dump, at(dump.goroutines.stack, 0));
      return [frames.length, createdBy?.function];
    },
    expected: [LIMITS.stackFrames, "main.g"],
  },
  profileFrames: {
    make: () => profile(3000, 8, 1250),
    note: "Stacks behind the first 2000 are left out: the profile has more than 20000000 frames in all.",
    kept: ({ total }) => total,
    expected: LIMITS.profileFrames / 10_000,
  },
  states: {
    make: () => bytesOf(times(LIMITS.states + 3, (id) => `goroutine ${id + 1} [state ${id}]:\n${FRAME}\n`)),
    note: "3 goroutines count as of unknown state: there are more than 10000 states (line 1, ...).",
    kept: ({ states, goroutines }) => [states.length, states.at(-1), goroutines.length],
    expected: [LIMITS.states + 1, "unknown", LIMITS.states + 3],
  },
  stateLength: {
    make: () => bytesOf(`goroutine 1 [${"x".repeat(LIMITS.stateLength + 1)}]:\n${FRAME}`),
    note: "1 state is cut: it has more than 400 characters (line 1).",
    kept: ({ states }) => states,
    expected: [`${"x".repeat(LIMITS.stateLength)}…`],
  },
  labels: {
    make: () => bytesOf(`goroutine 1 [running] {${times(LIMITS.labels + 1, (key) => `k${key}: v, `)}z: v}:\n${FRAME}`),
    note: "1 goroutine has more than 1000 labels: the others are left out (line 1).",
    kept: ({ labelSets }) => labelSets[1]?.length,
    expected: LIMITS.labels,
  },
  nameLength: {
    make: () => bytesOf(`goroutine 1 [running]:\nmain.${"f".repeat(LIMITS.nameLength)}()\n\t/src/x/main.go:8 +0x3a\n`),
    note: "1 name is cut: it has more than 10000 characters (line 1).",
    kept: (dump) => stackOf(dump, at(dump.goroutines.stack, 0)).frames[0]?.function.length,
    expected: LIMITS.nameLength + 1,
  },
  id: {
    make: () => bytesOf(times(2, (id) => `goroutine ${2n ** 53n + BigInt(id)} [select]:\n${FRAME}\n`)),
    note: "2 goroutines count without their ids, which are beyond 2^53 (line 1, 5).",
    kept: ({ goroutines }) => goroutines.length,
    expected: 2,
  },
  notes: {
    make: () =>
      bytesOf(`goroutine 1 [running]:\n${FRAME}\n${"heap profile: 1: 1 [1: 1] @ heap/1\n".repeat(LIMITS.notes + 4)}`),
    note: "4 notes behind the first 1000 are left out (line 1005, 1006, 1007, ...).",
    kept: ({ total }) => total,
    expected: 1,
  },
};

describe("beyond a limit an input is read as far as it goes, and a note says so", () => {
  it.each(Object.entries(CASES))("%s", (_, { make, note, kept, expected }) => {
    const bytes = make();
    const { dumps, notes } = readAny(bytes);
    const said = [...notes, ...dumps.flatMap((dump) => dump.notes)].filter(({ kind }) => kind === "limit");

    expect(said.map(({ message }) => english(message))).toEqual([note]);
    expect(kept(dumps[0]!, dumps)).toEqual(expected);
  });

  it.each(Object.entries(CASES))("%s: the rules take it as it is", (_, { make }) => {
    const bytes = make();

    expect(analyseBytes(bytes)).toHaveLength(readAny(bytes).dumps.length);
  });
});

import { describe, expect, test } from "vitest";
import { at } from "../../../../server/src/core/model/column.ts";
import { type Dump, Flag } from "../../../../server/src/core/model/dump.ts";
import { stackOf } from "../../../../server/src/core/model/stack.ts";
import { readAny } from "../../../../server/src/formats/anyReader.ts";
import { HALVES, servicesOf, textsOf } from "../../../support/score/services.ts";

/** Records of a profile: the addresses of hidden frames, and the function that is printed first. */
function statesOf(...records: readonly (readonly [hidden: string, printed: string])[]): readonly string[] {
  const lines = records.flatMap(([hidden, name], index) => [
    `1 @ ${[hidden, `0x70000${index}1`].filter(Boolean).join(" ")} 0x493081`,
    `#\t0x70000${index}0\t${name}+0x1d\t/src/main.go:${index + 1}`,
    "",
  ]);
  const text = `goroutine profile: total ${records.length}\n${lines.join("\n")}`;
  const [dump] = readAny(new TextEncoder().encode(text)).dumps;
  return rowsOf(dump!).map(({ state }) => state);
}

function rowsOf(dump: Dump) {
  const { stack, state, flags, length } = dump.goroutines;
  return Array.from({ length }, (_, row) => ({
    frames: stackOf(dump, at(stack, row))
      .frames.filter(({ function: name }) => !name.startsWith("runtime."))
      .map(({ function: name, line }) => `${name}:${line}`)
      .join(" "),
    state: dump.states[at(state, row)]!,
    isInferred: (at(flags, row) & Flag.inferredState) !== 0,
  }));
}

const PARK = "0x48c1aa";
const SLEEPS = [PARK, "time.Sleep"] as const;
const SENDS = [`${PARK} 0x418c9c 0x418897`, "main.send"] as const;
const RECEIVES = [`${PARK} 0x419bce 0x4196f2`, "main.receive"] as const;
const RANGES = [`${PARK} 0x419bce 0x419712`, "main.follow"] as const;

describe("the addresses that a profile as text prints no line for", () => {
  test("show who is parked in a select, a send or a receive", () => {
    const selects = [`${PARK} 0x465577`, "main.loop"] as const;
    expect(statesOf(SLEEPS, selects, SENDS, RECEIVES)).toEqual(["sleep", "select", "chan send", "chan receive"]);
    expect(statesOf(RANGES, SENDS, SLEEPS)).toEqual(["chan receive", "chan send", "sleep"]);
  });

  test("are one less where reflection calls for the channel: its function says so itself", () => {
    expect(statesOf(SLEEPS, [`${PARK} 0x419bce`, "reflect.chanrecv"])).toEqual(["sleep", "chan receive"]);
  });

  test("show a receive by its two callers, without a send to compare it with", () => {
    expect(statesOf(SLEEPS, RECEIVES, RANGES)).toEqual(["sleep", "chan receive", "chan receive"]);
  });

  test("show nothing where there is nothing to compare with", () => {
    expect(statesOf(SLEEPS, SENDS)).toEqual(["sleep", "unknown"]);
    expect(statesOf(SENDS, RECEIVES)).toEqual(["unknown", "unknown"]);
    const others = ["0x41a000", "0x41a100"].map((caller) => [`${PARK} 0x419bce ${caller}`, "main.other"] as const);
    expect(statesOf(SLEEPS, SENDS, RECEIVES, ...others).slice(1)).toEqual(Array(4).fill("unknown"));
    expect(statesOf(SLEEPS, ["", "main.run"], ["0x48ffff 0x465577", "main.run"])).toEqual([
      "sleep",
      "unknown",
      "unknown",
    ]);
  });
});

test("they show what the protobuf profile of the same program says, over all services", () => {
  const wrong: string[] = [];
  let right = 0;
  for (const service of HALVES.flatMap(servicesOf)) {
    const texts = new Map(textsOf(service).map(({ form, bytes }) => [form, readAny(bytes).dumps.flatMap(rowsOf)]));
    const truth = texts.get("profile") ?? [];
    for (const { frames, state, isInferred } of texts.get("debug=1") ?? []) {
      const known = truth.filter((row) => row.frames === frames).map((row) => row.state);
      if (!isInferred || known.length === 0) continue;
      // An empty select is one to the text.
      if (known.some((each) => each.startsWith(state))) right++;
      else wrong.push(`${service.name}: ${frames}: ${state}, not ${known.join(" or ")}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(500);
});

import { describe, expect, test } from "vitest";
import { at } from "../../../../server/src/core/model/column.ts";
import { type Dump, Flag } from "../../../../server/src/core/model/dump.ts";
import { stackOf } from "../../../../server/src/core/model/stack.ts";
import { readAny } from "../../../../server/src/formats/anyReader.ts";
import { HALVES, servicesOf, textsOf } from "../../../support/score/services.ts";

type HiddenRecord = readonly [hidden: string, printed: string];

function statesOf(...records: readonly HiddenRecord[]): readonly string[] {
  return rowsIn(records).map(({ state }) => state);
}

/** The records whose goroutines send or receive, though it is not known which. */
function atChannels(...records: readonly HiddenRecord[]): readonly string[] {
  return rowsIn(records).flatMap(({ frames, isAtChannel }) => (isAtChannel ? [frames] : []));
}

/** Records of a profile: the addresses of hidden frames, and the function that is printed first. */
function rowsIn(records: readonly HiddenRecord[]) {
  const lines = records.flatMap(([hidden, name], index) => [
    `1 @ ${[hidden, `0x70000${index}1`].filter(Boolean).join(" ")} 0x493081`,
    `#\t0x70000${index}0\t${name}+0x1d\t/src/main.go:${index + 1}`,
    "",
  ]);
  const text = `goroutine profile: total ${records.length}\n${lines.join("\n")}`;
  const [dump] = readAny(new TextEncoder().encode(text)).dumps;
  return rowsOf(dump!);
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
    isAtChannel: (at(flags, row) & Flag.atChannel) !== 0,
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

  test("show that all wait at channels and do the same, where they do not show what", () => {
    expect(atChannels(SLEEPS, SENDS, SENDS)).toEqual(["main.send:2", "main.send:3"]);
    expect(atChannels(SLEEPS, RECEIVES)).toEqual(["main.receive:2"]);
  });

  test("show no channel where nobody is known to be parked, or there are frames of something else", () => {
    expect(atChannels(SENDS, RECEIVES)).toEqual([]);
    expect(atChannels(SLEEPS, ["0x48ffff 0x418c9c 0x418897", "main.send"])).toEqual([]);
    const others = ["0x41a000", "0x41a100"].map((caller) => [`${PARK} 0x419bce ${caller}`, "main.other"] as const);
    expect(atChannels(SLEEPS, SENDS, RECEIVES, ...others)).toEqual([]);
    expect(atChannels(SLEEPS, SENDS, RECEIVES)).toEqual([]);
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
  let atChannel = 0;
  for (const service of HALVES.flatMap(servicesOf)) {
    const texts = new Map(textsOf(service).map(({ form, bytes }) => [form, readAny(bytes).dumps.flatMap(rowsOf)]));
    const truth = texts.get("profile") ?? [];
    const done = new Set<string>();
    for (const { frames, state, isInferred, isAtChannel } of texts.get("debug=1") ?? []) {
      const known = truth.filter((row) => row.frames === frames).map((row) => row.state);
      if (isAtChannel && known.length > 0) {
        atChannel++;
        for (const one of known) done.add(one);
      }
      if (!isInferred || known.length === 0) continue;
      // An empty select is one to the text.
      if (known.some((each) => each.startsWith(state))) right++;
      else wrong.push(`${service.name}: ${frames}: ${state}, not ${known.join(" or ")}`);
    }
    const [only, ...others] = done;
    if (others.length > 0 || (only !== undefined && !only.startsWith("chan ")))
      wrong.push(`${service.name}: at channels`);
  }
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(500);
  expect(atChannel).toBeGreaterThan(10);
});

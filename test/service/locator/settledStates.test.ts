import { describe, expect, test } from "vitest";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { runRules } from "../../../server/src/core/findings/runRules.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { readSourceFacts } from "../../../server/src/service/locator/sourceFacts.ts";
import { LocatorBench } from "../../support/locatorBench.ts";
import { neverCancelled } from "../../support/memoryFileSystem.ts";

const SOURCE = `package main

import "time"

func main() {
	for range 3 {
		ask()
	}
	time.Sleep(time.Hour)
}

func ask() {
	answers := make(chan int)
	go func() {
		answers <- 1 // @send
	}()
}

func follow(in <-chan int, out chan<- int, xs []int) {
	for range in { // @range
	}
	<-in // @receive
	out <- <-in // @both
	select { // @one
	case out <- 1:
	}
	select { // @two
	case out <- 1:
	case <-in:
	}
	xs[0]++ // @nothing
	println("hello") // @moved
}
`;

const PARK = "0x48c1aa";
const AT_CHANNEL = `${PARK} 0x418c9c 0x418897`;
const RUNNING = "";

/** A record in words: the addresses of hidden frames, the function and the mark of its line. */
type HiddenRecord = readonly [hidden: string, name: string, mark: string, count?: number];

const SEND: HiddenRecord = [AT_CHANNEL, "main.ask.func1", "send"];
const SLEEP = `1 @ ${PARK} 0x48ff85 0x6fa586\n#\t0x48ff84\ttime.Sleep+0x164\t/usr/local/go/src/runtime/time.go:368\n#\t0x6fa585\tmain.main+0x65\t/build/main.go:9\n`;

async function analyse(records: readonly HiddenRecord[]) {
  const lines = SOURCE.split("\n");
  const texts = records.map(([hidden, name, mark, count = 1], index) => {
    const line = lines.findIndex((text) => text.endsWith(`@${mark}`)) + 1;
    const addresses = [hidden, `0x70000${index}1`].filter(Boolean).join(" ");
    return `${count} @ ${addresses} 0x493081\n#\t0x70000${index}0\t${name}+0x1d\t/build/main.go:${line}\n`;
  });
  const total = records.reduce((sum, [, , , count = 1]) => sum + count, 1);
  const text = `goroutine profile: total ${total}\n${[SLEEP, ...texts].join("\n")}`;
  const dump = readAny(new TextEncoder().encode(text)).dumps[0]!;
  const table = groupGoroutines(dump, { byLabels: false });
  const { locator } = new LocatorBench({ files: { "/ws/go.mod": "module example.com/app", "/ws/main.go": SOURCE } });
  const source = await readSourceFacts(dump, table.groups, locator, { goVersion: null }, neverCancelled);
  const states = table.groups.flatMap(({ id, stack }) => {
    const state = source.states?.get(id);
    const mark = lines[(stackOf(dump, stack).frames[0]?.line ?? 0) - 1]?.split("@")[1];
    return state === undefined ? [] : [`${mark}: ${state}`];
  });
  return { states, findings: runRules(dump, table, { ...DEFAULT_CONTEXT, source }) };
}

async function statesOf(...records: readonly HiddenRecord[]): Promise<readonly string[]> {
  return (await analyse(records)).states;
}

describe("goroutines of a profile that wait at a channel", () => {
  test("send or receive as the source has it", async () => {
    expect(await statesOf(SEND)).toEqual(["send: chan send"]);
    expect(await statesOf([AT_CHANNEL, "main.follow", "receive"])).toEqual(["receive: chan receive"]);
    expect(await statesOf([AT_CHANNEL, "main.follow", "range"])).toEqual(["range: chan receive"]);
    expect(await statesOf([AT_CHANNEL, "main.follow", "one"])).toEqual(["one: chan send"]);
  });

  test("all do what one of them can only do", async () => {
    const both: HiddenRecord = [AT_CHANNEL, "main.follow", "both"];
    expect(await statesOf(both, SEND)).toEqual(["both: chan send", "send: chan send"]);
    expect(await statesOf(SEND, [AT_CHANNEL, "example.com/lib.Take", "none"])).toEqual([
      "send: chan send",
      "undefined: chan send",
    ]);
  });

  test("are not told where a line has both, or no source is at hand", async () => {
    expect(await statesOf([AT_CHANNEL, "main.follow", "both"])).toEqual([]);
    expect(await statesOf([AT_CHANNEL, "example.com/lib.Take", "none"])).toEqual([]);
  });

  test("are not told by a source that does not fit: lines do different things, or one of them none", async () => {
    expect(await statesOf(SEND, [AT_CHANNEL, "main.follow", "receive"])).toEqual([]);
    expect(await statesOf(SEND, [AT_CHANNEL, "main.follow", "nothing"])).toEqual([]);
    expect(await statesOf(SEND, [AT_CHANNEL, "main.follow", "two"])).toEqual([]);
  });

  test("are not those that may run at the line", async () => {
    expect(await statesOf([RUNNING, "main.ask.func1", "send"])).toEqual([]);
    expect(await statesOf([RUNNING, "main.ask.func1", "send"], SEND)).toEqual([]);
    expect(await statesOf(["0x48ffff 0x418c9c 0x418897", "main.ask.func1", "send"])).toEqual([]);
  });
});

describe("what the source proves of them", () => {
  test("is told: those that nobody can wake have leaked", async () => {
    const { findings } = await analyse([[AT_CHANNEL, "main.ask.func1", "send", 3]]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: "leak",
      certainty: "strong",
      evidenceClass: "leak/confined/send",
      count: 3,
    });
    expect(findings[0]!.evidence.map(english)).toContain(
      "The profile shows that they wait at a channel, and the source what they do there.",
    );
  });

  test("is nothing of those that may run: nothing shows that they are blocked", async () => {
    const { findings } = await analyse([[RUNNING, "main.ask.func1", "send", 3]]);
    expect(findings).toEqual([]);
  });

  test("is nothing while one of them may still be about to run at the line", async () => {
    const { findings } = await analyse([SEND, [RUNNING, "main.ask.func1", "send"]]);
    expect(findings.filter(({ certainty }) => certainty !== "suspect")).toEqual([]);
  });
});

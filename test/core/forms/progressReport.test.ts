import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { at } from "../../../server/src/core/model/column.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { DumpReader, readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { contentsOf, placesOf } from "../../support/readings.ts";
import { LINE_WRAPPERS, PREFIXES } from "../../support/wrappers.ts";

/** What a test of Ginkgo 2.9.7 has printed that ran into its time limit, see the `INDEX.md` beside it. */
const TIMED_OUT = new Uint8Array(readFileSync("test/fixtures/tools/ginkgo/timed-out-v2.9.7.txt"));

function bytesOf(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

/** The goroutines of a dump, each as state, functions and creator. */
function goroutinesOf(dump: Dump | undefined): readonly string[] {
  if (dump === undefined) return [];
  return Array.from({ length: dump.goroutines.length }, (_, row) => {
    const { frames, createdBy } = stackOf(dump, at(dump.goroutines.stack, row));
    const names = frames.map(({ function: name, line }) => `${name}:${line}`).join(" < ");
    return `${dump.states[at(dump.goroutines.state, row)]}: ${names}, ${createdBy?.function}:${createdBy?.line}`;
  });
}

describe("a progress report of Ginkgo", () => {
  it("is a dump, each time that it is printed, with no line of the source among the calls", () => {
    const { dumps } = readDumps(TIMED_OUT);
    const spec = [
      "example.org/stock.glob..func1.1.1:26",
      "example.org/stock.(*Counter).Wait:27",
      "example.org/stock.glob..func1.1:16",
      "github.com/onsi/ginkgo/v2/internal.(*Suite).runNode.func3:865",
    ].join(" < ");
    const counter = "chan send: example.org/stock.(*Counter).emit:19, example.org/stock.NewCounter:13";
    const goroutines = [`chan receive: ${spec}, github.com/onsi/ginkgo/v2/internal.(*Suite).runNode:852`, counter];
    expect(dumps.map(goroutinesOf)).toEqual([goroutines, goroutines, goroutines]);
    expect(dumps.flatMap(({ notes }) => notes.map(({ kind }) => kind))).toEqual(["wrapped", "wrapped", "wrapped"]);
  });

  it("names the creator as Go 1.21 and later do, and has labels as Go 1.27 does", () => {
    const [dump] = readDumps(
      bytesOf(
        "  Spec Goroutine",
        '  goroutine 64 [select, 2 minutes] {route: "a]b"}]',
        "  > example.org/t.glob..func1({0x7f64d427ba40, 0xc001f44700})",
        "      /src/t_test.go:71",
        "        | wait()",
        "        > wait()",
        "    example.org/t.run in goroutine 51",
        "      /src/t_test.go:9",
        "",
      ),
    ).dumps;
    expect(goroutinesOf(dump)).toEqual(["select: example.org/t.glob..func1:71, example.org/t.run:9"]);
    expect(at(dump!.goroutines.creator, 0)).toBe(51);
    expect(dump?.labelSets[1]).toEqual([["route", "a]b"]]);
  });

  it("keeps what is no call apart from the creators", () => {
    const [dump] = readDumps(
      bytesOf(
        "goroutine 64 [select]",
        "> example.org/t.f(0x1)",
        "    /src/t.go:71",
        "",
        "Summarizing 1 Failure:",
        "  example.org/t.failed",
        "  /src/t_test.go:9",
      ),
    ).dumps;
    expect(goroutinesOf(dump)).toEqual(["select: example.org/t.f:71, undefined:undefined"]);
  });

  it("is read alike in chunks of any size", () => {
    const whole = readDumps(TIMED_OUT);
    for (const size of [1, 13, 200]) {
      const reader = new DumpReader();
      for (let start = 0; start < TIMED_OUT.length; start += size) reader.push(TIMED_OUT.slice(start, start + size));
      const inChunks = reader.end();
      expect([contentsOf(inChunks.dumps), placesOf(inChunks)]).toEqual([contentsOf(whole.dumps), placesOf(whole)]);
    }
  });

  // Where each line is cut the header is not known.
  const wrappers = [...PREFIXES, ...LINE_WRAPPERS].filter(({ name }) => !name.endsWith("with cut lines"));
  it.each(wrappers.map((wrapper) => [wrapper.name, wrapper] as const))("is read alike behind %s", (_, wrapper) => {
    const wrapped = new TextEncoder().encode(wrapper.wrap(new TextDecoder().decode(TIMED_OUT)));
    expect(contentsOf(readDumps(wrapped).dumps)).toEqual(contentsOf(readDumps(TIMED_OUT).dumps));
  });

  it("may be cut after any line", () => {
    const lines = new TextDecoder().decode(TIMED_OUT).split("\n").slice(0, 70);
    for (let count = 18; count < lines.length; count++) {
      const { dumps } = readDumps(bytesOf(...lines.slice(0, count)));
      expect([dumps.length, dumps[0]?.form]).toEqual([1, "traceback"]);
    }
  });
});

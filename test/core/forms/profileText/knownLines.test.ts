import { expect, it } from "vitest";
import { readDumps } from "../../../../server/src/core/read/dumpReader.ts";
import { at } from "../../../../server/src/core/model/column.ts";
import { stackOf } from "../../../../server/src/core/model/stack.ts";

const profile = (...frames: readonly string[]): string =>
  `goroutine profile: total 1\n1 @ 0x1 0x2\n${frames.map((frame) => `#\t0x1\t${frame}+0x1\t/x/a.go:1\n`).join("")}\n`;

/** The frames and the state of each record of each dump. */
function recordsOf(text: string) {
  return readDumps(new TextEncoder().encode(text)).dumps.map((dump) =>
    Array.from({ length: dump.goroutines.length }, (_, row) => {
      const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
      return [frames.map((frame) => frame.function).join(" < "), dump.states[at(dump.goroutines.state, row)]];
    }),
  );
}

it("a line of a frame that another profile of the text has too means a frame of its own profile", () => {
  expect(recordsOf(profile("time.Sleep", "main.f", "main.g") + profile("main.g", "main.h"))).toEqual([
    [["time.Sleep < main.f < main.g", "sleep"]],
    [["main.g < main.h", "unknown"]],
  ]);
});

it("what a stack proves is said of the stack in its own profile", () => {
  expect(recordsOf(profile("time.Sleep") + profile("main.h"))).toEqual([
    [["time.Sleep", "sleep"]],
    [["main.h", "unknown"]],
  ]);
});

it("a line of a frame without an address is a comment below a blank line, though a record has it", () => {
  const bare = "#\tmain.f\t/x/a.go:1\n";
  expect(recordsOf(`goroutine profile: total 1\n1 @ 0x1 0x2\n${bare}\n${bare}`)).toEqual([[["main.f", "unknown"]]]);
});

import { expect, it } from "vitest";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { cpuTimeRatio } from "../../support/cpuTime.ts";
import { LINE_WRAPPERS, ONE_LINE, PREFIXES } from "../../support/wrappers.ts";

const FRAMES = 12;

/** A dump of some megabytes with three hundred stacks. */
function makeDump(goroutines: number): string {
  return Array.from({ length: goroutines }, (_, index) => {
    const frames = Array.from({ length: FRAMES }, (_frame, depth) => {
      const place = (index * 7 + depth * 13) % 300;
      const address = (0xc000000000 + index * 64 + depth).toString(16);
      return `example.com/shop/orders.(*Worker${place}).handle(0x${address}, {0x1?, 0x2})\n\t/src/shop/orders/worker.go:${place} +0x${place.toString(16)}\n`;
    }).join("");
    return `goroutine ${index + 1} [select, ${1 + (index % 50)} minutes]:\n${frames}created by main.main in goroutine 1\n\t/src/main.go:7 +0x3a\n\n`;
  }).join("");
}

const DUMP = makeDump(3000);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * By lines it is fifteen times and more. The limits leave room for a machine that does much else: they guard the way that
 * such lines take, not its last tenth. A plain reader that gets faster raises the ratio as well.
 */
it.each([
  ["CRLF line ends", 5],
  ["kubelet (CRI)", 7],
  ["docker compose", 6],
  ["docker's JSON file", 9],
  ["a JSON string", 9],
])("a dump with %s is read in no more than %d times the processor time", { timeout: 120_000 }, (name, limit) => {
  const wrapper = [...PREFIXES, ...LINE_WRAPPERS, ...ONE_LINE].find((each) => each.name === name)!;
  const [wrapped, plain] = [bytesOf(wrapper.wrap(DUMP)), bytesOf(DUMP)];
  // Compiled code is compared with compiled code.
  for (const bytes of [wrapped, plain, wrapped, plain]) expect(readDumps(bytes).dumps[0]?.total).toBe(3000);
  const ratio = cpuTimeRatio(
    () => readDumps(wrapped),
    () => readDumps(plain),
  );
  expect(ratio).toBeLessThan(limit);
});

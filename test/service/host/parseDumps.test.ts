import { expect, test } from "vitest";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { parseInTurns } from "../../../server/src/service/host/parseDumps.ts";

const COUNT = 4000;
const ONE = "[select]:\nmain.work()\n\t/app/main.go:3 +0x1d\n\n";
const TEXT = encodeUtf8(Array.from({ length: COUNT }, (_, index) => `goroutine ${index + 1} ${ONE}`).join(""));
const WANTED = { isCancellationRequested: false };

/** Parses the text; gives how many goroutines it has, and how often the clock was looked at and the turn given away. */
async function parse(millisecondsALook: number) {
  let [time, looks, given] = [0, 0, 0];
  const now = () => {
    looks++;
    return (time += millisecondsALook);
  };
  const reading = await parseInTurns({ now, yieldTurn: async () => void given++ })([TEXT], WANTED);
  return { total: reading?.dumps[0]?.total, looks, given };
}

test("a text that is read slowly is read in smaller pieces, with a pause behind each", async () => {
  const [quick, slow] = [await parse(0), await parse(10)];
  expect([quick.total, slow.total]).toEqual([COUNT, COUNT]);
  expect(quick.given).toBe(0);
  expect(slow.given).toBeGreaterThanOrEqual(TEXT.length / 4096);
  expect(slow.looks).toBeGreaterThan(4 * quick.looks);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { at } from "../../../server/src/core/model/column.ts";
import { frameOf } from "../../../server/src/core/model/stack.ts";
import { type Analysed, analyseBytes } from "../../support/analyse.ts";
import { english } from "../../../server/src/core/text/say.ts";

const { dump, findings } = analyseFile("../../fixtures/field/okx-deadlock.dump");

function analyseFile(path: string): Analysed {
  const [first] = analyseBytes(readFileSync(join(import.meta.dirname, path)));
  if (first === undefined) throw new Error(`${path} holds no dump`);
  return first;
}

test("the trading program's deadlock is one finding, as its author worked it out by hand", () => {
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  const idOf = (row: number): number => at(dump.goroutines.id, row);
  expect(finding).toMatchObject({ rule: "lock-held-while-blocked", certainty: "strong", count: 4 });
  expect(idOf(finding?.root ?? -1)).toBe(45);
  expect([...(finding?.rows ?? [])].map(idOf)).toEqual([224, 45, 248, 254]);
  expect(frameOf(dump, finding?.frame ?? -1)).toMatchObject({ line: 199 });
  expect(frameOf(dump, finding?.frame ?? -1).file).toMatch(/client\.go$/);
});

test("it says in words that the lock is held while the send has no receiver", () => {
  const [finding] = findings;
  expect(english(finding!.title)).toBe("RWMutex held while sending: client.go:199");
  expect(english(finding!.message)).toBe(
    "ws.(*ClientWs).Send at client.go:199: goroutine 45 holds the RWMutex 0xc000118008 while it is stuck in a channel send, at least 4 minutes; " +
      "3 goroutines wait for the lock. The lock is held while the send has no receiver: send after unlocking, or without waiting.",
  );
  expect(finding?.evidence.map(english)).toContain(
    "3 goroutines wait for the RWMutex 0xc000118008 in kline.(*MarketManager).check at manager.go:214.",
  );
  expect(english(finding!.evidence[0])).toMatch(/is past the place where the others ask for the lock.*manager\.go:216/);
});

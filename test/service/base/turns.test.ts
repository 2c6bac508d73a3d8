import { describe, expect, test } from "vitest";
import { byRange, runToEnd, type Steps } from "../../../server/src/core/steps.ts";
import type { Clock } from "../../../server/src/service/base/ports.ts";
import { Turns } from "../../../server/src/service/base/turns.ts";
import { noToken } from "../../support/openText.ts";

/** A computation of three steps that tells which were taken. */
function threeSteps() {
  const taken: number[] = [];
  function* steps(): Steps<string> {
    for (const step of [1, 2, 3]) {
      taken.push(step);
      yield;
    }
    return "done";
  }
  return { taken, steps: steps() };
}

/** A clock on which each look takes so many milliseconds. */
function slowClock(milliseconds: number) {
  let now = 0;
  const turns = { count: 0 };
  const clock: Clock = {
    now: () => (now += milliseconds),
    yieldTurn: async () => void turns.count++,
  };
  return { clock, turns };
}

describe("a computation in steps", () => {
  test("gives the loop away when a turn has lasted long enough, not at every step", async () => {
    const slow = slowClock(20);
    expect(await new Turns(slow.clock).run(threeSteps().steps, noToken)).toBe("done");
    expect(slow.turns.count).toBeGreaterThanOrEqual(3);
    const fast = slowClock(1);
    expect(await new Turns(fast.clock).run(threeSteps().steps, noToken)).toBe("done");
    expect(fast.turns.count).toBe(0);
  });

  test("is left when it is called off in between", async () => {
    const token = { isCancellationRequested: false };
    const { taken, steps } = threeSteps();
    const clock: Clock = {
      ...slowClock(20).clock,
      yieldTurn: async () => void (token.isCancellationRequested = true),
    };
    expect(await new Turns(clock).run(steps, token)).toBeUndefined();
    expect(taken).toEqual([1]);
  });

  test("gives the same when all steps are taken at once", () => {
    expect(runToEnd(threeSteps().steps)).toBe("done");
  });

  test("goes through every number once, whatever the size of a step", () => {
    const seen: number[] = [];
    runToEnd(byRange(7, (start, end) => seen.push(start, end), 3));
    expect(seen).toEqual([0, 3, 3, 6, 6, 7]);
  });
});

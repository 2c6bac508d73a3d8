import { expect, test } from "vitest";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { LineStarts, lineSteps } from "../../../server/src/service/base/lineStarts.ts";

/** The lines as they are taken, and how many steps it needs. */
function taken(lines: LineStarts, text: string): { starts: readonly number[]; steps: number } {
  const work = lines.take(text);
  for (let steps = 0; ; steps++) {
    const { done, value } = work.next();
    if (done === true) return { starts: [...value], steps };
  }
}

test("lines start behind each LF", () => {
  expect([...runToEnd(lineSteps(""))]).toEqual([0]);
  expect([...runToEnd(lineSteps("a\r\n\nb"))]).toEqual([0, 3, 4]);
  expect([...runToEnd(lineSteps("a\n"))]).toEqual([0, 2]);
});

test("the lines of a text that was counted are not looked for again, once", () => {
  const lines = new LineStarts();
  const text = "x\n".repeat(100_000);
  expect(lines.count(text)).toBe(100_001);
  expect(taken(lines, text)).toEqual({ starts: Array.from({ length: 100_001 }, (_, line) => line * 2), steps: 0 });
  expect(taken(lines, text).steps).toBeGreaterThan(0);
});

test("the lines of another text are its own", () => {
  const lines = new LineStarts();
  lines.count("a\nb");
  expect(taken(lines, "ab\n").starts).toEqual([0, 3]);
  expect(taken(lines, "a\nb").starts).toEqual([0, 2]);
});

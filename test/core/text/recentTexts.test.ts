import { expect, it } from "vitest";
import { RecentTexts } from "../../../server/src/core/text/recentTexts.ts";

it("gives what was made of a text", () => {
  const recent = new RecentTexts<number>();
  expect(recent.get("a")).toBeUndefined();
  expect(recent.keep("a", 1)).toBe(1);
  expect(recent.get("a")).toBe(1);
});

it("keeps few texts, and none that is long", () => {
  const recent = new RecentTexts<number>();
  for (let text = 0; text < 100_000; text++) recent.keep(`text ${text}`, text);
  const kept = Array.from({ length: 100_000 }, (_, text) => recent.get(`text ${text}`)).filter(
    (made) => made !== undefined,
  );
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(10_000);

  recent.keep("x".repeat(10_000), 1);
  expect(recent.get("x".repeat(10_000))).toBeUndefined();
});

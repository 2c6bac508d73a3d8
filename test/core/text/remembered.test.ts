import { expect, test } from "vitest";
import { remembered } from "../../../server/src/core/text/remembered.ts";

/** Counts how often each text is worked on. */
function counting() {
  const worked: string[] = [];
  const lengthOf = remembered((text) => {
    worked.push(text);
    return { length: text.length };
  });
  return { worked, lengthOf };
}

test("the same text is worked on once", () => {
  const { worked, lengthOf } = counting();
  expect([lengthOf("a"), lengthOf("bc"), lengthOf("a")]).toEqual([{ length: 1 }, { length: 2 }, { length: 1 }]);
  expect(worked).toEqual(["a", "bc"]);
});

test("neither long texts nor more than some thousand are kept", () => {
  const { worked, lengthOf } = counting();
  const long = "x".repeat(1000);
  lengthOf(long);
  expect(lengthOf(long)).toEqual({ length: 1000 });
  expect(worked).toEqual([long, long]);
  lengthOf("first");
  for (let index = 0; index < 5000; index++) lengthOf(String(index));
  lengthOf("first");
  expect(worked.filter((text) => text === "first")).toHaveLength(2);
});

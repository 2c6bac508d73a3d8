import { expect, it } from "vitest";
import { chooseActiveDump } from "../../../client/src/model/activeDump.ts";

it("shows the dump in the focused editor", () => {
  expect(chooseActiveDump("a", "b", ["a", "b"])).toBe("b");
});

it("stays on the dump while its sources are looked at", () => {
  expect(chooseActiveDump("a", undefined, ["a", "b"])).toBe("a");
});

it("goes to the dump opened last when the one shown was closed", () => {
  expect(chooseActiveDump("a", undefined, ["b", "c"])).toBe("c");
});

it("shows none when none is open", () => {
  expect(chooseActiveDump("a", undefined, [])).toBeUndefined();
});

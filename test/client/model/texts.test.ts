import { expect, it } from "vitest";
import { notFoundText } from "../../../client/src/model/notFoundText.ts";
import { viewDescription, viewMessage } from "../../../client/src/model/viewTexts.ts";
import { english } from "../../support/localizer.ts";

it("names a few of the places where a file was looked for, and counts the rest", () => {
  expect(notFoundText("/b/a.go", [], english)).toBe("/b/a.go was not found on this machine.");
  expect(notFoundText("/b/a.go", ["/1", "/2"], english)).toBe("/b/a.go was not found on this machine. Tried: /1, /2.");
  expect(notFoundText("/b/a.go", ["/1", "/2", "/3", "/4", "/5", "/6"], english)).toBe(
    "/b/a.go was not found on this machine. Tried: /1, /2, /3, /4 and 2 more.",
  );
});

it("describes the view by the dump's name", () => {
  expect(viewDescription("/tmp/okx.dump")).toBe("okx.dump");
  expect(viewDescription("Untitled-1")).toBe("Untitled-1");
});

it("says above the tree that it is filtered, and what the server says", () => {
  expect(viewMessage("", null, english)).toBe("");
  expect(viewMessage("state:select", null, english)).toBe("Filter: state:select");
  expect(viewMessage("x", "Nothing matches.", english)).toBe("Filter: x\nNothing matches.");
});

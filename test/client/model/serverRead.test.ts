import { describe, expect, it } from "vitest";
import { checkOf, isLeftToServer } from "../../../client/src/model/serverRead.ts";
import { editedText } from "../../support/editedText.ts";

const large = { ...editedText("main.f()"), length: 40_000_000 };

describe("the text of a document", () => {
  it("is left to the server when it is large and as its file is", () => {
    expect(isLeftToServer(large)).toBe(true);
  });

  it.each([
    ["small", { length: 2_000_000 }],
    ["edited", { isDirty: true }],
    ["in no file yet", { scheme: "untitled" }],
    ["on another file system", { scheme: "memfs" }],
  ])("is sent when it is %s", (_, change) => {
    expect(isLeftToServer({ ...large, ...change })).toBe(false);
  });
});

describe("what the server compares", () => {
  it("is the length, the lines and the beginnings of some of them, by where they stand", () => {
    expect(checkOf(editedText(`first\r\n${"long ".repeat(100)}\r\n`))).toEqual({
      length: 509,
      lines: 3,
      lineEnd: "\r\n",
      samples: [
        { offset: 0, text: "first" },
        { offset: 7, text: "long ".repeat(20) },
        { offset: 509, text: "" },
      ],
    });
  });

  it("is no more for a larger text, and from all over it", () => {
    const text = { ...large, lineCount: 1_000_000, offsetOfLine: (line: number) => line * 40 };
    const { samples } = checkOf(text);
    expect(samples).toHaveLength(500);
    expect(samples.at(-1)?.offset).toBe(998_000 * 40);
  });
});

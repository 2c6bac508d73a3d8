import { describe, expect, test } from "vitest";
import { documentHighlights } from "../../../server/src/service/features/documentHighlights.ts";
import { openText } from "../../support/openText.ts";

const lines = [
  "goroutine 1 [chan receive, 1 minutes]:",
  "main.main()",
  "\t/a/main.go:3 +0x1",
  "",
  "goroutine 7 [select]:",
  "main.run(0xc000118008, 0x1)",
  "\t/a/main.go:9 +0x1",
  "created by main.main in goroutine 1",
  "\t/a/main.go:4 +0x1",
  "",
  "goroutine 8 [select]:",
  "main.run.func1(0xc000118008)",
  "\t/a/main.go:12 +0x1",
  "main.run(...)",
  "\t/a/main.go:9 +0x1",
  "created by main.main in goroutine 1",
  "\t/a/main.go:4 +0x1",
  "",
];

/** What is marked with the cursor on a word of a line: `line:text`, both as in the list above. */
async function marked(line: number, word: string): Promise<string[]> {
  const text = await openText(lines.join("\n"));
  const position = { line, character: lines[line]!.indexOf(word) + 1 };
  return documentHighlights(text, position).map(({ range: { start, end } }) => {
    expect(end.line).toBe(start.line);
    return `${start.line}:${lines[start.line]!.slice(start.character, end.character)}`;
  });
}

describe("the occurrences of what the cursor is on", () => {
  test("are the goroutine's header and those it created, not every number that looks alike", async () => {
    const all = ["0:1", "7:1", "15:1"];
    expect(await marked(0, "1 [")).toEqual(all);
    expect(await marked(7, "1")).toEqual(all);
    expect(await marked(4, "7")).toEqual(["4:7"]);
  });

  test("are the places of an address", async () => {
    expect(await marked(5, "0xc000118008")).toEqual(["5:0xc000118008", "11:0xc000118008"]);
  });

  test("are the calls of a function, without those of its literals", async () => {
    expect(await marked(5, "main.run")).toEqual(["5:main.run", "13:main.run"]);
    expect(await marked(11, "main.run.func1")).toEqual(["11:main.run.func1"]);
  });

  test("are none between goroutines", async () => {
    expect(await marked(3, "")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";

const PANICKING = "goroutine 1 [running]:\nmain.main()\n\t/x/main.go:4 +0x1d\n";

/** As a logger prints it: the dump as a string of a JSON record, on one line. */
function onOneLine(text: string): string {
  return `${JSON.stringify({ level: "error", stack: text })}\n`;
}

function findingsOf(text: string): readonly string[] {
  return analyse(text).findings.map(({ rule, message, related }) => `${rule}: ${english(message)} ${related.length}`);
}

describe("very many panics", () => {
  const panics = new TextEncoder().encode(`${"panic: x\n".repeat(130_000)}\n${PANICKING}`);

  it("are read as far as they are kept, with their goroutine and a note", () => {
    const { dumps } = readDumps(panics);

    expect(dumps).toHaveLength(1);
    expect(dumps[0]?.goroutines.length).toBe(1);
    expect(dumps[0]?.incidents).toHaveLength(1000);
    expect(dumps[0]?.incidents.every(({ goroutine }) => goroutine === 0)).toBe(true);
    expect(dumps[0]?.notes.map(({ kind, message }) => [kind, english(message)])).toEqual([
      ["limit", "129000 panics, errors and signals behind the first 1000 are left out (line 1000, ...)."],
    ]);
  });
});

describe("a chain of panics that stands on one line", () => {
  it.each([
    ["nested", `panic: boom [recovered]\n\tpanic: boom\n\n${PANICKING}exit status 2\n`],
    ["three", `panic: a [recovered]\n\tpanic: b [recovered]\n\tpanic: c\n\n${PANICKING}`],
    ["fatal twice", `fatal error: concurrent map writes\nfatal error: concurrent map writes\n\n${PANICKING}`],
  ])("is one finding, as on lines of its own: %s", (_, text) => {
    const apart = findingsOf(text);

    expect(apart).toHaveLength(1);
    expect(findingsOf(onOneLine(text))).toEqual(apart);
  });

  it("has no part in another one that other text stands before", () => {
    const text = `panic: a\n\n${PANICKING}\nserver restarted\npanic: b\n\n${PANICKING.replace("1 [", "2 [")}`;

    expect(findingsOf(text)).toHaveLength(1);
    expect(readDumps(new TextEncoder().encode(text)).dumps).toHaveLength(2);
  });
});

import type { Hover, MarkupContent } from "vscode-languageserver-types";
import { describe, expect, test } from "vitest";
import { goFile } from "../../support/locatorBench.ts";
import { marked } from "../../support/marks.ts";
import { fixture, noToken } from "../../support/openText.ts";
import { dumpDocument, serviceBench, type ServiceOptions } from "../../support/serviceBench.ts";

const DUMP = `goroutine 1 [select, 9 minutes]:
main.main()
	/build/app/main.go:10 +0x1

|>goroutine 7 [chan send, 4 minutes] {queue: mail}:
example.com/app.«(|>*Pool»).Run(0xc0000|>10000, {0xc000020000?, 0x3})
	/build/app/po|>ol.go:4 +0x1
created by mai|>n.main in goroutine |>1
	/build/app/main.go:8 +0x1

goroutine 8 [chan send] {queue: mail}:
example.com/app.(*Pool).Run(0xc000010000, {0xc000030000?, 0x3})
	/build/app/pool.go:4 +0x1
created by main.main in goroutine |>3
	/build/app/main.go:8 +0x1
`;

/** The text of a hover; empty when there is none. */
function valueOf(hover: Hover | null): string {
  return hover === null ? "" : (hover.contents as MarkupContent).value;
}

async function hoverAt(source: string, cursor: number, options: ServiceOptions = {}): Promise<string | null> {
  const { text, cursors } = marked(source);
  const hover = await serviceBench(options).service.hover(dumpDocument(text), cursors[cursor]!, noToken);
  return hover && valueOf(hover);
}

describe("the hover", () => {
  test("on a header says what the goroutine waits for, how long, with whom, who created it, and its labels", async () => {
    const text = await hoverAt(DUMP, 0);
    expect(text).toContain("goroutine 7: chan send Waits to send on a channel");
    expect(text).toContain("at least 4 min");
    expect(text).toContain("2 goroutines have this stack and state.");
    expect(text).toContain("Created by main.main at main.go:8 in goroutine 1, which is still there.");
    expect(text).toContain("Label queue = mail");
  });

  test("on a function says its package, its arguments and how many goroutines are in it", async () => {
    const text = await hoverAt(DUMP, 1);
    expect(text).toContain("(*Pool).Run");
    expect(text).toContain("Package example.com/app");
    expect(text).toContain("Argument words 0xc000010000, {0xc000020000?, 0x3}");
    expect(text).toContain("may be out of date");
    expect(text).toContain("2 goroutines have this frame in their stack.");
    expect(text).toContain("was not found here");
  });

  test("on an address names the other goroutines that have it", async () => {
    expect(await hoverAt(DUMP, 2)).toBe("Address 0xc000010000: also in goroutine 8.");
  });

  test("on a place shows the source around it, and how it was found", async () => {
    const files = { "/ws/go.mod": "module example.com/app", "/ws/pool.go": goFile("app", "(p *Pool) Run()") };
    const text = await hoverAt(DUMP, 3, { files });
    expect(text).toContain("Source found: ");
    expect(text).toContain("> 4  ");
  });

  test("on a function with its source names the arguments, when the source is the one", async () => {
    const files = {
      "/ws/go.mod": "module example.com/app",
      "/ws/pool.go": goFile("app", "(p *Pool) Run(queue string)"),
    };
    const text = await hoverAt(DUMP, 1, { files });
    expect(text).toContain("- p *Pool = 0xc000010000\n- queue string = length 3, at 0xc000020000 (may be out of date)");
    expect(text).not.toContain("Argument words");
    const drifted = { ...files, "/ws/pool.go": `\n\n\n\n${files["/ws/pool.go"].trimStart()}` };
    expect(await hoverAt(DUMP, 1, { files: drifted })).toContain("Argument words");
  });

  test("on created by counts the goroutines created there", async () => {
    expect(await hoverAt(DUMP, 4)).toContain("2 goroutines were created here.");
  });

  test("on a creator's id says where that goroutine is, or that it has ended", async () => {
    expect(await hoverAt(DUMP, 5)).toBe("goroutine 1: select in main.main");
    expect(await hoverAt(DUMP, 6)).toBe("Goroutine 3 has ended: it is not in this dump.");
  });

  test("names the part it is about", async () => {
    const { text, cursors } = marked(DUMP);
    const hover = await serviceBench().service.hover(dumpDocument(text), cursors[2]!, noToken);
    expect(hover?.range).toEqual({ start: { line: 5, character: 28 }, end: { line: 5, character: 40 } });
  });

  test("is nothing between goroutines and in files without a dump", async () => {
    const between = dumpDocument(marked(DUMP).text);
    expect(await serviceBench().service.hover(between, { line: 3, character: 0 }, noToken)).toBeNull();
    const other = dumpDocument("SELECT 1;");
    expect(await serviceBench().service.hover(other, { line: 0, character: 2 }, noToken)).toBeNull();
  });

  test("of a hostile dump is no markup", async () => {
    const hostile = [
      "goroutine 1 [chan receive (nil chan)] {k: `[x](command:evil) <img src=x>`}:",
      "main.[a](command:evil)`b`(0x1)",
      "\t/src/<script>`/[x](http://evil).go:3 +0x1",
      "",
    ].join("\n");
    const { service } = serviceBench({ client: { hoverFormat: "markdown" } });
    for (let line = 0; line < 3; line++) {
      const hover = await service.hover(dumpDocument(hostile), { line, character: 8 }, noToken);
      const bare = valueOf(hover)
        .replace(/(`+) .*? \1/g, "")
        .replace(/\\[!-/:-@[-`{-~]/g, "");
      expect(bare).not.toMatch(/[[\]<>]/);
    }
  });

  test("answers in dumps of other forms, and behind log prefixes", async () => {
    const profile = fixture("field/leak_demo.debug1.txt");
    const hover = await serviceBench().service.hover(dumpDocument(profile), { line: 2, character: 14 }, noToken);
    expect(valueOf(hover)).toContain("alloc2.func1");
    const log = fixture("shapes/journald.log");
    const line = log.split("\n").findIndex((one) => /goroutine \d+ \[/.test(one));
    const inPrefix = await serviceBench().service.hover(dumpDocument(log), { line, character: 2 }, noToken);
    expect(valueOf(inPrefix)).toMatch(/^goroutine \d+: /);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import type { Note } from "../../../server/src/core/model/note.ts";
import { DumpReader, type Reading } from "../../../server/src/core/read/dumpReader.ts";
import { GoroutineBlocks } from "../../../server/src/core/read/goroutineBlocks.ts";
import { inTextOrder, TextCheck } from "../../../server/src/core/read/textCheck.ts";
import { TextStream } from "../../../server/src/core/read/textStream.ts";
import { type LineTaker, LineSplitter } from "../../../server/src/core/text/lineSplitter.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { contentsOf, placesOf } from "../../support/readings.ts";
import { LINE_WRAPPERS, ONE_LINE, PREFIXES, READ_AS_TEXT, type Wrapper } from "../../support/wrappers.ts";

const HEADERS = ["select", "chan receive, 3 minutes", "sync.Mutex.Lock", "IO wait, 2 minutes, locked to thread"];

/** Goroutines as Go prints them, with ids of their own. */
function goroutines(count: number, firstId = 1): string {
  return Array.from({ length: count }, (_, index) => {
    const header = `goroutine ${firstId + index} [${HEADERS[index % HEADERS.length]}]:\n`;
    const frame = `main.(*T).wait(0xc000012${index}, {0x1?, 0x2}, ...)\n\t/src/a b/t.go:${17 + (index % 3)} +0x45\n`;
    const creator = `created by main.main in goroutine 1\n\t/src/main.go:7 +0x3a\n`;
    return `${header}${frame}${creator}\n`;
  }).join("");
}

const DUMP = `goroutine 1 [running]:\nmain.main()\n\t/src/main.go:8 +0x1d\n\n${goroutines(30, 2)}`;

const PATTERN = "* app || ";
const AS_SET = behind("2026-01-02 x app || ", "what a setting says");
const LINES = [...PREFIXES, ...LINE_WRAPPERS, AS_SET];
function behind(prefix: string, name = prefix): Wrapper {
  return { name, wrap: (text) => text.replace(/.*\n/g, (line) => prefix + line) };
}

/** Reads a text, nothing in bulk. */
function readByLines(text: string, pattern: string): Reading {
  return readWith(text, pattern, () => (_chunk, start) => ({ end: start, lines: 0 })).reading;
}

/** How many lines of a text do not go through the reader in bulk. */
function countLines(text: string, pattern: string): number {
  return readWith(text, pattern, (stream) => {
    const blocks = new GoroutineBlocks(stream);
    blocks.begin(encodeUtf8(text));
    return (chunk, start, place) => blocks.read(chunk, start, place);
  }).lines;
}

function readWith(
  text: string,
  pattern: string,
  bulkOf: (stream: TextStream) => LineTaker["bulk"],
): { reading: Reading; lines: number } {
  const dumps: Dump[] = [];
  const notes: Note[] = [];
  const check = new TextCheck();
  const stream = new TextStream({ dump: (dump) => dumps.push(dump), note: (note) => notes.push(note) });
  if (pattern !== "") stream.expect(pattern);
  let lines = 0;
  const splitter = new LineSplitter({
    line(line) {
      lines++;
      check.take(line);
      stream.take(line);
    },
    bulk: bulkOf(stream),
  });
  splitter.push(encodeUtf8(text));
  const { isCut, place } = splitter.end();
  stream.end(place, isCut);
  const reading = {
    dumps: inTextOrder(dumps),
    notes: [...notes, ...check.finish()],
    bytes: place.offset,
    lines: place.line,
  };
  return { reading, lines };
}

function readInChunks(text: string, pattern: string, size: number): Reading {
  const bytes = encodeUtf8(text);
  const reader = new DumpReader(pattern);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
  return reader.end();
}

/** What is put into a text to spoil its form, or its wrapping. */
const PARTS = [
  "",
  "",
  "\n",
  "\n\n",
  "\r",
  "\r\n",
  "(",
  ")",
  ":",
  "\t",
  " ",
  "> ",
  '"',
  "\\",
  "#011",
  "\\t",
  "\x1b[31m",
  "\0",
  "é",
  "\ufeff",
  "goroutine 5 [select]:\n",
  "created by ",
  "...5 frames elided...\n",
  '{"log":"',
  "web-1  | ",
  "\\n",
  "\\u0041",
  "\\u000a",
  "stderr P ",
  "panic: x\n",
  "other text (1)\n",
  "\n```\n",
  "exit status 2\n",
  "`",
  "^M",
  "]: main.f(0x1)\n",
];

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const edits = fc.array(fc.record<Edit>({ at: fc.nat(), remove: fc.nat(12), insert: fc.constantFrom(...PARTS) }), {
  maxLength: 4,
});

function edited(text: string, all: readonly Edit[]): string {
  return all.reduce((changed, { at, remove, insert }) => {
    const start = at % (changed.length + 1);
    return changed.slice(0, start) + insert + changed.slice(start + remove);
  }, text);
}

describe("goroutines in a wrapping", () => {
  it.each(LINES.filter(({ name }) => !READ_AS_TEXT.has(name)))("are read in bulk behind $name", (wrapper) => {
    const text = wrapper.wrap(DUMP);
    const pattern = wrapper.name === AS_SET.name ? PATTERN : "";
    // The first goroutine of a dump is read by lines, and what the text has before or behind.
    expect(countLines(text, pattern)).toBeLessThan(12);
    expect(contentsOf(readInChunks(text, pattern, text.length).dumps)).toEqual(
      contentsOf(readInChunks(DUMP, "", DUMP.length).dumps),
    );
  });

  it("are read in bulk where other writers of a log have lines before theirs", () => {
    const [first, second] = ["[pod/a/x] ", "[pod/b/x] "].map((prefix) => behind(prefix).wrap(DUMP));
    expect(countLines(`${first}${second}${first}`, "")).toBeLessThan(40);
  });

  it("are read in bulk where a setting says what their lines do not have", () => {
    expect(countLines(DUMP, PATTERN)).toBeLessThan(12);
  });

  const wrapper = fc.constantFrom<Wrapper>(...LINES, ...LINES, ...ONE_LINE, { name: "nothing", wrap: (text) => text });
  const cases = fc.record({
    count: fc.integer({ min: 1, max: 12 }),
    within: edits,
    around: edits,
    wrappers: fc.array(wrapper, { minLength: 1, maxLength: 2 }),
    other: fc.option(wrapper),
    size: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1 << 20)),
    pattern: fc.constantFrom("", "", "", PATTERN, "*", "> ", "*| "),
  });

  it("are what their lines give, whatever is changed in the text and wherever its chunks end", () => {
    fc.assert(
      fc.property(cases, ({ count, within, around, wrappers, other, size, pattern }) => {
        const inner = edited(DUMP.slice(0, DUMP.indexOf("goroutine 2 ")) + goroutines(count, 2), within);
        const wrapped = edited(
          wrappers.reduce((text, one) => one.wrap(text), inner),
          around,
        );
        const text = other === null ? wrapped : wrapped + other.wrap(goroutines(3, 50));
        const [inBulk, byLines] = [readInChunks(text, pattern, size), readByLines(text, pattern)];
        expect(placesOf(inBulk)).toEqual(placesOf(byLines));
        expect(contentsOf(inBulk.dumps)).toEqual(contentsOf(byLines.dumps));
      }),
      { numRuns: 400 },
    );
  });
});

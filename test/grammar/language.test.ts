import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { INITIAL } from "vscode-textmate";
import type { StateStack } from "vscode-textmate";
import { loadMarkdownGrammar } from "../support/grammar.ts";

interface Manifest {
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly firstLine: string }[];
  };
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const manifest = JSON.parse(read("package.json")) as Manifest;
const language = manifest.contributes.languages.find(({ id }) => id === "goroutine-dump");

describe("the first line", () => {
  const firstLine = new RegExp(language?.firstLine ?? "^$");

  it.each([
    "goroutine 1 [running]:",
    "goroutine 0 gp=0xc000006380 m=-1 mp=0xc000058808 [idle]:",
    "goroutine 8 [select, 3 minutes] {route: /buy}:",
    "> goroutine 109 [running]:",
    "2026-11-21T03:04:05.123530000Z stderr F goroutine 8 [running]:",
    "web-1  | goroutine 8 [running]:",
    "goroutine profile: total 42",
    "goroutineleak profile: total 0",
    "panic: boom",
    "fatal error: all goroutines are asleep - deadlock!",
    "SIGQUIT: quit",
    "Exception 0xc0000005 0x0 0x10 0x7ff6",
    "==================",
    "* Goroutine 18 - User: /src/x/w.go:40 main.run (0x4b2c3d)",
  ])("says that the text is a dump: %j", (line) => {
    expect(firstLine.test(line)).toBe(true);
  });

  it.each([
    "",
    "package main",
    "# About goroutine dumps",
    "goroutine 5 is stuck",
    "-- PostgreSQL database dump",
    '{"goroutine": 1}',
    "heap profile: 3: 1024 [10: 4096] @ heap/1048576",
    "=======================",
    "panic.go",
  ])("leaves other text alone: %j", (line) => {
    expect(firstLine.test(line)).toBe(false);
  });
});

describe("a word under the cursor", () => {
  const source = /"pattern": (".*")/.exec(read("language-configuration.json"))?.[1] ?? '""';
  const word = new RegExp(JSON.parse(source) as string, "gu");

  it.each([
    ["main.F(0xc0000a4000, {0x5?})", ["main.F", "0xc0000a4000", "0x5"]],
    ["net/http.(*conn).serve(...)", ["net/http", "conn", "serve"]],
    ["\t/src/My Shop/zoë@v1.2.3/a.go:88 +0x1a5", ["/src/My", "Shop/zoë@v1.2.3/a.go", "88", "0x1a5"]],
    ["goroutine 18 [chan receive]:", ["goroutine 18", "chan", "receive"]],
    ["created by main.main in goroutine 1", ["created", "by", "main.main", "in", "goroutine 1"]],
    ["goroutine profile: total 42", ["goroutine", "profile", "total", "42"]],
  ])("in %j is one of %j", (line, words) => {
    expect(line.match(word)).toEqual(words);
  });
});

it("colours a fenced goroutine-dump block in Markdown, and nothing after it", async () => {
  const grammar = await loadMarkdownGrammar();
  const scopes: string[] = [];
  let state: StateStack = INITIAL;
  for (const line of ["```goroutine-dump", "goroutine 7 [running]:", "```", "goroutine 7 [running]:"]) {
    const result = grammar.tokenizeLine(line, state);
    scopes.push(result.tokens[0]?.scopes.at(-1) ?? "");
    state = result.ruleStack;
  }
  expect(scopes).toEqual([
    "punctuation.definition.markdown",
    "keyword.control.goroutine.goroutine-dump",
    "punctuation.definition.markdown",
    "text.html.markdown",
  ]);
});

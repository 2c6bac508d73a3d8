import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { INITIAL, Registry, parseRawGrammar } from "vscode-textmate";
import type { IGrammar } from "vscode-textmate";
import { OnigScanner, OnigString, loadWASM } from "vscode-oniguruma";

/** A piece of a line, and its innermost scope without the language's suffix, as `invalid.illegal.leaked`. */
export interface ColouredToken {
  readonly text: string;
  readonly scope: string;
}

/** Reads a file of `syntaxes/` as text. */
export function readSyntax(name: string): string {
  return readFileSync(new URL(`../../syntaxes/${name}`, import.meta.url), "utf8");
}

/** The part of Markdown's grammar that the project's fenced block is injected into. */
const markdownStandIn = JSON.stringify({ scopeName: "text.html.markdown", patterns: [] });

/** The project's grammar in the engine that VS Code uses. */
export function loadDumpGrammar(): Promise<IGrammar> {
  return loadGrammar("text.goroutine-dump");
}

/** A Markdown without rules of its own, with the fenced blocks that the project adds. */
export function loadMarkdownGrammar(): Promise<IGrammar> {
  return loadGrammar("text.html.markdown");
}

async function loadGrammar(scopeName: string): Promise<IGrammar> {
  await loadWASM(readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")));
  const sources = new Map([
    ["text.goroutine-dump", readSyntax("goroutine-dump.tmLanguage.json")],
    ["markdown.goroutine-dump.codeblock", readSyntax("markdown-goroutine-dump.tmLanguage.json")],
    ["text.html.markdown", markdownStandIn],
  ]);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: async (scope) => parseRawGrammar(sources.get(scope) ?? "{}", `${scope}.json`),
    getInjections: (scope) => (scope === "text.html.markdown" ? ["markdown.goroutine-dump.codeblock"] : []),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (grammar === null) throw new Error(`${scopeName} does not load`);
  return grammar;
}

/**
 * The coloured pieces of one line, in order and trimmed. Blanks, punctuation and text without a scope of its own
 * are left out; neighbours of one scope are one piece.
 */
export function colouredTokens(grammar: IGrammar, line: string): ColouredToken[] {
  const tokens: ColouredToken[] = [];
  let lastEnd = -1;
  for (const { startIndex, endIndex, scopes } of grammar.tokenizeLine(line, INITIAL).tokens) {
    const scope = (scopes.at(-1) ?? "").replace(/\.goroutine-dump$/, "");
    const text = line.slice(startIndex, endIndex);
    if (text.trim() === "" || /^(?:text|meta|punctuation)\b/.test(scope)) continue;
    const last = lastEnd === startIndex ? tokens.at(-1) : undefined;
    if (last?.scope === scope) tokens.splice(-1, 1, { text: last.text + text, scope });
    else tokens.push({ text, scope });
    lastEnd = endIndex;
  }
  return tokens.map(({ text, scope }) => ({ text: text.trim(), scope }));
}

/** The coloured pieces of a line as one line of text: `goroutine‹keyword.control.goroutine› 1‹constant.numeric.id›`. */
export function describeTokens(grammar: IGrammar, line: string): string {
  return colouredTokens(grammar, line)
    .map(({ text, scope }) => `${text}‹${scope}›`)
    .join(" ");
}

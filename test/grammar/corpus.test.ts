import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { IGrammar } from "vscode-textmate";
import { colouredTokens, loadDumpGrammar } from "../support/grammar.ts";
import type { ColouredToken } from "../support/grammar.ts";

interface CorpusFile {
  readonly file: string;
  readonly form: string;
  /** Header lines of a traceback, the total of a profile. */
  readonly goroutines: number;
  /** Lines that name the place of a call; absence means that the form has none to count. */
  readonly frames?: number;
  readonly createdBy?: number;
}

const corpus = new URL("../fixtures/corpus/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", corpus), "utf8")) as { files: CorpusFile[] };

/** Tracebacks as text: a JSON log keeps its lines in strings, which a line grammar cannot enter. */
const tracebacks = manifest.files.filter(
  ({ file, form }) =>
    ["debug2", "panic", "sigquit", "fatal", "stack", "test"].includes(form) && !/\.gz$|json/.test(file),
);
const profiles = manifest.files.filter(({ form }) => form === "debug1");

let grammar: IGrammar;
beforeAll(async () => {
  grammar = await loadDumpGrammar();
});

/** Lines by their text, since a dump repeats most of them: the grammar keeps nothing from one line to the next. */
function colouredLines(file: string): (readonly ColouredToken[])[] {
  const known = new Map<string, readonly ColouredToken[]>();
  const lines = readFileSync(new URL(file, corpus), "utf8").split(/\r?\n/);
  return lines.map((line) => {
    const tokens = known.get(line) ?? colouredTokens(grammar, line);
    known.set(line, tokens);
    return tokens;
  });
}

const scopesOf = (tokens: readonly ColouredToken[]): string[] => tokens.map(({ scope }) => scope);
const isHeader = (tokens: readonly ColouredToken[]): boolean =>
  /keyword.control.goroutine (?:.* )?keyword.other.wait-reason/.test(scopesOf(tokens).join(" "));
const isLocation = (tokens: readonly ColouredToken[]): boolean =>
  /string.unquoted.path constant.numeric.line(?: comment.line.registers)?$/.test(scopesOf(tokens).join(" "));
const isFunction = (tokens: readonly ColouredToken[]): boolean =>
  scopesOf(tokens).some((scope) => /^entity.name.function$|^invalid.illegal.failure$|^comment.line.cgo$/.test(scope));

describe("over real dumps", () => {
  it.each(tracebacks)("$file has every header and every place coloured", ({ file, goroutines, frames, createdBy }) => {
    const lines = colouredLines(file);
    const source = readFileSync(new URL(file, corpus), "utf8").split("\n");
    expect(lines.filter(isHeader)).toHaveLength(goroutines);
    expect(lines.filter(isLocation)).toHaveLength((frames ?? 0) + (createdBy ?? 0));
    const orphans = lines.flatMap((tokens, index) =>
      isLocation(tokens) && !isFunction(lines[index - 1] ?? []) ? [index + 1] : [],
    );
    expect(orphans, "places whose line above names no function").toEqual([]);
    const cut = lines.flatMap((tokens, index) => {
      const [path, line] = tokens.filter(({ scope }) => /^string.unquoted.path$|^constant.numeric.line$/.test(scope));
      return path !== undefined && !source[index]?.includes(`\t${path.text}:${line?.text}`) ? [index + 1] : [];
    });
    expect(cut, "places of which a part is not coloured").toEqual([]);
  });

  it.each(profiles)("$file has every count and every frame coloured", ({ file, goroutines }) => {
    const lines = colouredLines(file);
    const counts = lines.filter((tokens) => tokens[1]?.scope === "keyword.control.record");
    expect(counts.reduce((sum, tokens) => sum + Number(tokens[0]?.text), 0)).toBe(goroutines);
    const source = readFileSync(new URL(file, corpus), "utf8");
    expect(lines.filter((tokens) => isLocation(tokens) && isFunction(tokens))).toHaveLength(
      source.match(/^#\t0x[0-9a-f]+\t/gm)?.length ?? 0,
    );
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const FOLDERS = ["server/src", "client/src"];
/** Characters of a hostile text: what takes their square takes seconds of it. */
const LENGTH = 40_000;
/** Milliseconds of processor time for one text; a linear pattern takes some tenths of one. */
const SLOW = 400;
const ORDINARY = ["a", "A", "0", "f", " ", "\t", ".", ":", "/", "(", ")", "[", "]", "\\", '"', "-", "_", "\u2028", "é"];

interface Pattern {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** All regular expressions in the source, with their places. */
function patterns(): readonly Pattern[] {
  return FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return patternsOf(path.slice(ROOT.length + 1), readFileSync(path, "utf8"));
    });
}

function patternsOf(path: string, text: string): readonly Pattern[] {
  const found: Pattern[] = [];
  const visitor = new Visitor({
    Literal(node) {
      if (!("regex" in node)) return;
      const line = text.slice(0, node.start).split("\n").length;
      found.push({ place: `${path}:${line}`, source: node.regex.pattern, flags: node.regex.flags });
    },
  });
  visitor.visit(parseSync(path, text).program);
  return found;
}

/** Pieces of the pattern's own alphabet: its words, what its classes and escapes stand for, and ordinary characters. */
function pieces(source: string): readonly string[] {
  const words = source
    .replaceAll(/\\([dDwWsSbB])/g, (_, kind: string) => ({ d: "0", w: "a", s: " " })[kind] ?? "|")
    .replaceAll(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, long?: string, short?: string) =>
      String.fromCharCode(Number.parseInt(long ?? short ?? "20", 16)),
    )
    .replaceAll(/\\t/g, "\t")
    .replaceAll(/\\(.)/g, "$1")
    .split(/[|()[\]{}*+?^$]+/)
    .filter((word) => word !== "" && word.length < 60);
  return [...new Set([...words, ...ORDINARY])];
}

/** Repetitions of each piece, and of pieces one behind the other, behind what the pattern may begin with. */
function* hostileTexts({ source }: Pattern): Generator<string> {
  const alphabet = pieces(source);
  const own = alphabet.slice(0, Math.max(0, alphabet.length - ORDINARY.length));
  const begin = own.slice(0, 3);
  for (const unit of alphabet) {
    for (const start of ["", ...begin]) yield start + unit.repeat(LENGTH / unit.length) + "\u0001";
  }
  for (const [index, first] of own.entries()) {
    const second = own[index + 1] ?? " ";
    const unit = `${first}${second}`;
    yield `${begin[0] ?? ""}${unit.repeat(LENGTH / unit.length)}\u0001`;
    yield `${begin.join("")}${`${first} a`.repeat(LENGTH / (first.length + 2))}\u0001`;
  }
}

/** The first text for which the pattern takes longer than it may; undefined: there is none. */
function slowText(pattern: Pattern): string | undefined {
  for (const text of hostileTexts(pattern)) {
    const compiled = new RegExp(pattern.source, pattern.flags);
    const start = process.cpuUsage();
    // As they are used: looked for once, or all of them.
    if (pattern.flags.includes("g")) text.replace(compiled, "");
    else compiled.exec(text);
    const { user, system } = process.cpuUsage(start);
    if (user + system > SLOW * 1000) return `${text.slice(0, 60)}... ${(user + system) / 1000} ms`;
  }
  return undefined;
}

describe("regular expressions", () => {
  const all = patterns();

  it("are found", () => {
    expect(all.length).toBeGreaterThan(150);
  });

  it("take time with the length of a hostile text, not with its square", { timeout: 280_000 }, () => {
    const slow = all.map((pattern) => [pattern.place, slowText(pattern)] as const);

    expect(slow.filter(([, text]) => text !== undefined)).toEqual([]);
  });

  it("that take the square are found by the test itself", () => {
    expect(slowText({ place: "", source: "^a*a*$", flags: "" })).toBeDefined();
    expect(slowText({ place: "", source: " +\\d", flags: "" })).toBeDefined();
  });
});

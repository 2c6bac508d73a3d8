import { SymbolKind, type DocumentSymbol } from "vscode-languageserver-types";
import { describe, expect, test } from "vitest";
import { fixture, noToken } from "../../support/openText.ts";
import { dumpDocument, serviceBench, type ServiceOptions } from "../../support/serviceBench.ts";

/** `count` goroutines of one stack, ids from `first` on. */
function waiting(count: number, first = 1, name = "main.work"): string {
  return Array.from({ length: count }, (_, index) =>
    [
      `goroutine ${first + index} [chan receive, 2 minutes]:`,
      `${name}(0x${index})`,
      "\t/src/app/main.go:7 +0x1",
      "",
    ].join("\n"),
  ).join("\n");
}

function symbols(text: string, options: ServiceOptions = {}): Promise<DocumentSymbol[]> {
  return serviceBench(options).service.documentSymbols(dumpDocument(text), noToken);
}

function countAll(list: readonly DocumentSymbol[]): number {
  return list.reduce((sum, { children }) => sum + 1 + countAll(children ?? []), 0);
}

describe("the outline", () => {
  test("lists groups by size, with their goroutines, and a group of one as its goroutine", async () => {
    const text = `${waiting(1, 1, "main.alone")}\n${waiting(3, 10)}`;
    const list = await symbols(text);
    expect(list.map(({ name, detail }) => [name, detail])).toEqual([
      ["3x chan receive  main.work", "at least 2 min"],
      ["goroutine 1  chan receive  main.alone", "at least 2 min"],
    ]);
    expect(list[0]?.children?.map(({ name, range }) => [name, range.start.line, range.end.line])).toEqual([
      ["goroutine 10", 4, 6],
      ["goroutine 11", 8, 10],
      ["goroutine 12", 12, 14],
    ]);
  });

  test("puts the groups of several dumps below their dumps", async () => {
    const text = `${waiting(2)}\n\n2024-05-01 10:00:00 again\n\n${waiting(2)}`;
    const list = await symbols(text);
    expect(list.map(({ name, kind }) => [name, kind])).toEqual([
      ["Dump 1", SymbolKind.Module],
      ["Dump 2", SymbolKind.Module],
    ]);
    expect(list[1]?.children?.[0]?.name).toBe("2x chan receive  main.work");
  });

  test("names of a group 100 goroutines, and says how many are left out", async () => {
    const [group] = await symbols(waiting(250));
    expect(group?.children).toHaveLength(101);
    expect(group?.children?.at(-1)?.name).toBe("150 more goroutines, left out here");
  });

  test("stays within the limit that is set, and says what is left out", async () => {
    const text = Array.from({ length: 30 }, (_, index) => waiting(3, index * 10 + 1, `main.f${index}`)).join("\n");
    const list = await symbols(text, { settings: { outlineLimit: 20 } });
    expect(countAll(list)).toBeLessThan(20 + 5);
    expect(list.at(-1)?.name).toMatch(/^\d+ more groups, left out here$/);
  });

  test("keeps every selection within its range, in every fixture", async () => {
    for (const path of [
      "field/okx-deadlock.dump",
      "field/leak_demo.debug1.txt",
      "shapes/slog-json.jsonl",
      "shapes/race-in-test-log.txt",
    ]) {
      const check = (list: readonly DocumentSymbol[]): void => {
        for (const { range, selectionRange, children } of list) {
          expect(selectionRange.start.line).toBeGreaterThanOrEqual(range.start.line);
          expect(selectionRange.end.line).toBeLessThanOrEqual(range.end.line);
          check(children ?? []);
        }
      };
      const list = await symbols(fixture(path));
      expect(list.length).toBeGreaterThan(0);
      check(list);
    }
  });

  test.each([
    ["SQL", "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\n"],
    ["nothing", ""],
    ["JSON", '{"a": [1, 2]}'],
    ["NUL bytes", "\0\0\0\n\0"],
  ])("of a file that holds %s is empty", async (_, text) => expect(await symbols(text)).toEqual([]));
});

async function folds(text: string, options: ServiceOptions = {}): Promise<number[][]> {
  const ranges = await serviceBench(options).service.foldingRanges(dumpDocument(text), noToken);
  return ranges.map(({ startLine, endLine }) => [startLine, endLine]);
}

describe("folds", () => {
  test("hold a goroutine each, without the blank line behind it", async () => {
    expect(await folds(waiting(2))).toEqual([
      [0, 2],
      [4, 6],
    ]);
  });

  test("hold the stacks of ancestors within their goroutine", async () => {
    const text = [
      "goroutine 5 [running]:",
      "main.f()",
      "\t/src/main.go:9 +0x1",
      "created by main.main in goroutine 1",
      "\t/src/main.go:4 +0x1",
      "[originating from goroutine 1]:",
      "main.main(...)",
      "\t/src/main.go:4 +0x1",
      "",
    ].join("\n");
    expect(await folds(text)).toEqual([
      [0, 7],
      [5, 7],
    ]);
  });

  test("are no more than the client takes", async () => {
    expect(await folds(waiting(50), { client: { foldingLimit: 7 } })).toHaveLength(7);
  });
});

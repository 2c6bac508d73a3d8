import { describe, expect, it } from "vitest";
import type { Told } from "../../../server/src/core/condensed/told.ts";
import { condensedSteps, writeCondensed } from "../../../server/src/core/condensed/writeCondensed.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { corpusBytes, corpusFiles } from "../../support/corpus.ts";

/** What a reader of the condensed view must find as it is in the dump. */
function essence(dump: Dump) {
  const groups = groupGoroutines(dump, { byLabels: true }).groups.map((group) => {
    const { frames, createdBy } = stackOf(dump, group.stack);
    const places = [...frames, ...(createdBy === null ? [] : [createdBy])].map((frame) => [
      frame.function,
      frame.file,
      frame.line,
    ]);
    return JSON.stringify([group.count, group.state, group.wait, dump.labelSets[group.labels ?? 0], places]);
  });
  return { total: dump.total, groups: groups.sort() };
}

const FORMS = new Set(["traceback", "profile-text", "profile-proto"]);

/** A goroutine; `wait` is what stands behind its state. */
function block(id: number, wait: string): string {
  return `goroutine ${id} [select${wait}]:\nmain.f(0x1)\n\t/src/f.go:3 +0x1d\n\n`;
}

/** The `created by` lines of a dump's condensed view. */
function creators(text: string): string[] {
  return [...writeCondensed(readDumps(encodeUtf8(text)).dumps).matchAll(/created by .*/g)].map(String);
}

describe("the condensed view, read again", () => {
  it("has the groups of the dump it was made of, for every dump of the corpus that has goroutines", () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const { file } of corpusFiles()) {
      for (const dump of readAny(corpusBytes(file)).dumps) {
        if (!FORMS.has(dump.form) || dump.total === 0) continue;
        compared++;
        const [again, ...others] = readDumps(encodeUtf8(writeCondensed([dump]))).dumps;
        const isSame =
          others.length === 0 &&
          again !== undefined &&
          JSON.stringify(essence(again)) === JSON.stringify(essence(dump));
        if (!isSame) wrong.push(file);
      }
    }
    expect(compared).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });

  it("counts the goroutines it does not print, and keeps the shortest and longest wait", () => {
    const text =
      block(1, ", 5 minutes") + block(2, ", 7 minutes") + block(3, "") + block(4, ", 2 minutes") + block(5, "");
    const condensed = writeCondensed(readDumps(encodeUtf8(text)).dumps);
    expect(condensed).toMatch(/^\.\.\. and 1 more goroutine with this stack$/m);
    const [dump] = readDumps(encodeUtf8(condensed)).dumps;
    expect(dump?.total).toBe(5);
    expect(groupGoroutines(dump!, { byLabels: false }).groups.map(({ count, wait }) => [count, wait])).toEqual([
      [5, { min: 2, max: 7 }],
    ]);
  });

  it("names no creator that lives but is not printed: it would look as if it had ended", () => {
    const child = (id: number, creator: number) =>
      block(id, "").trimEnd().replace("main.f(0x1)", "main.g(0x1)") +
      `\ncreated by main.f in goroutine ${creator}\n\t/src/f.go:9 +0x1\n\n`;
    const parents = block(1, "") + block(2, "") + block(3, "");
    expect(creators(parents + child(11, 2) + child(12, 3))).toEqual(["created by main.f"]);
    expect(creators(parents + child(11, 2) + child(12, 99))).toEqual(["created by main.f"]);
    expect(creators(parents + child(11, 98) + child(12, 99))).toEqual(["created by main.f in goroutine 98"]);
    expect(creators(parents + child(11, 1) + child(12, 1))).toEqual(["created by main.f in goroutine 1"]);
  });

  it("prints what findings name, with its arguments, and of others the arguments that are true of all", () => {
    const blocks = [1, 2, 3, 4].map(
      (id) =>
        `goroutine ${id} [select]:\nmain.f(0x7, 0x${id})\n\t/src/f.go:3 +0x1\nmain.main(0x9)\n\t/src/f.go:9 +0x1\n`,
    );
    const [dump] = readDumps(encodeUtf8(blocks.join("\n"))).dumps;
    const told: Told = {
      named: new Set([0, 2]),
      calls: (row) => [
        { function: "main.f", args: `0x7, 0x${row + 1}` },
        { function: "main.main", args: "0x9" },
      ],
    };
    const { text, printed } = runToEnd(condensedSteps(dump!, told));
    expect(printed).toEqual([0, 2]);
    expect(text.split("\n").filter((line) => !line.startsWith("\t"))).toEqual([
      "goroutine 1 [select]:",
      "main.f(0x7, 0x1)",
      "main.main(0x9)",
      "",
      "goroutine 3 [select]:",
      "main.f(...)",
      "main.main(0x9)",
      "... and 2 more goroutines with this stack",
      "",
    ]);
  });
});

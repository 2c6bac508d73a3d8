import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import type { OpenDump } from "../../../server/src/service/document/openDump.ts";
import { targetAt } from "../../../server/src/service/document/elementAt.ts";
import { readSection } from "../../../server/src/service/document/textBlock.ts";
import { sectionOfRow, type TextSection } from "../../../server/src/service/document/textSection.ts";
import { openText } from "../../support/openText.ts";

/** Of dumps with many goroutines the first ones. */
const SECTIONS = 8;
/** `go tool pprof -raw` prints the frames of all records below all records: they do not stand with the goroutine. */
const FRAMES_ELSEWHERE = "pprof-raw";

function textFiles(folder: string): string[] {
  return readdirSync(new URL(`../../fixtures/${folder}`, import.meta.url), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:txt|dump|log|jsonl?|html|md)$/.test(entry.name))
    .filter((entry) => !/README|INDEX|manifest/.test(entry.name) && !entry.parentPath.includes("/src"))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

/** The places where frames stand. In a race report that is the accesses; its rows are creations. */
function sectionsOf(open: OpenDump): TextSection[] {
  const loose = open.looseStacks.map((stack) => ({ open, row: null, ...stack }));
  const rows = open.dump.form === "race" ? 0 : Math.min(SECTIONS, open.dump.goroutines.length);
  return [...loose, ...Array.from({ length: rows }, (_, row) => sectionOfRow(open, row))];
}

// It walks through hundreds of files, which takes seconds where other work is going on.
describe.each(["corpus", "field", "shapes"])("fixtures/%s", { timeout: 60_000 }, (folder) => {
  const files = textFiles(folder);

  test("every stack can be read again, with the frames it has", async () => {
    const wrong: string[] = [];
    let read = 0;
    for (const path of files) {
      const { dumps } = await openText(readFileSync(path, "utf8"));
      for (const section of dumps.filter(({ dump }) => dump.form !== FRAMES_ELSEWHERE).flatMap(sectionsOf)) {
        const expected = stackOf(section.open.dump, section.stack).frames.map((frame) => frame.function);
        const found = readSection(section)?.frames.map((frame) => frame.function);
        read++;
        if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${path}:${section.line + 1}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(20);
  });

  test("every frame is what stands at its place", async () => {
    const wrong: string[] = [];
    for (const path of files) {
      const text = await openText(readFileSync(path, "utf8"));
      for (const section of text.dumps.flatMap(sectionsOf).slice(0, SECTIONS)) {
        for (const frame of readSection(section)?.frames ?? []) {
          const target = targetAt(text, text.ranges.position(frame.functionSpan.start));
          const found = target !== undefined && "frame" in target ? target.frame : undefined;
          if (found?.function !== frame.function || found.line !== frame.line)
            wrong.push(`${path}:${frame.callLine + 1}`);
          // strace shows a name in several calls, on lines of their own.
          const spanned = text.ranges.text(frame.functionSpan);
          if (!spanned.includes("\n") && spanned !== frame.function)
            wrong.push(`span of ${path}:${frame.callLine + 1}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { at } from "../../server/src/core/model/column.ts";
import { type Dump, NO_ID } from "../../server/src/core/model/dump.ts";
import { frameOf } from "../../server/src/core/model/stack.ts";
import type { Report } from "../../server/src/output/report.ts";
import { analyzeOutput } from "../support/analyzeReport.ts";
import { findingsOfText } from "../support/editorFindings.ts";
import { dumpDocument, serviceBench } from "../support/serviceBench.ts";
import { noToken, openText } from "../support/openText.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures");
/** Larger texts the editor opens condensed. */
const LARGEST = 2 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), "same-findings-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a finding says of which goroutines, in an order of its own. */
interface Said {
  readonly rule: string;
  readonly certainty: string;
  readonly place: string;
  readonly count: number;
  readonly ids: readonly number[];
  readonly dumpLine: number;
}

async function commandLine(text: string): Promise<readonly Said[]> {
  const file = join(folder, "test.dump");
  writeFileSync(file, text);
  return (JSON.parse(await analyzeOutput(file)) as Report).dumps.flatMap(({ findings }) =>
    findings.map(({ rule, certainty, count, file: source, line, goroutineIds, dumpLine }) => ({
      rule,
      certainty,
      place: `${source}:${line}`,
      count,
      ids: goroutineIds,
      dumpLine,
    })),
  );
}

async function editor(text: string): Promise<readonly Said[]> {
  const open = await openText(text);
  const byDump = await findingsOfText(open);
  return byDump.flatMap((findings, index) =>
    findings.map(({ rule, certainty, count, frame, rows, dumpLine }) => {
      const { dump } = open.dumps[index]!;
      const { file, line } = frame === null ? { file: null, line: null } : frameOf(dump, frame);
      return { rule, certainty, place: `${file}:${line}`, count, ids: idsOf(dump, rows), dumpLine: dumpLine + 1 };
    }),
  );
}

function idsOf({ goroutines: { id } }: Dump, rows: Uint32Array): readonly number[] {
  const ids = new Set(Array.from(rows, (row) => at(id, row)).filter((one) => one !== NO_ID));
  return [...ids].sort((a, b) => a - b);
}

/** The same dump, each goroutine with a label of its own, as the usual label of a request. */
function labelled(text: string): string {
  let next = 0;
  return text.replaceAll(/^(goroutine \d+ \[[^\]\n]*\]):$/gm, (_, header) => `${header} {request: r${next++}}:`);
}

const texts = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:txt|dump|log|jsonl?|md)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !/README|INDEX|manifest|\/workspaces\//.test(path))
  .map((path) => ({ name: relative(FIXTURES, path), text: readFileSync(path, "utf8") }))
  .filter(({ text }) => text.length < LARGEST);

describe("the command line and the editor", () => {
  it.each([
    ["as they are", (text: string) => text],
    ["with a label on each goroutine", labelled],
  ])("find the same in all fixtures %s", async (_, change) => {
    const different: string[] = [];
    let findings = 0;
    for (const { name, text } of texts) {
      const [expected, found] = [await commandLine(change(text)), await editor(change(text))];
      findings += found.length;
      if (JSON.stringify(expected) !== JSON.stringify(found)) different.push(name);
    }
    expect(findings).toBeGreaterThan(200);
    expect(different).toEqual([]);
  });

  it("publish what they find at the same lines, over all fixtures", async () => {
    const { service } = serviceBench();
    const different: string[] = [];
    for (const { name, text } of texts) {
      const document = dumpDocument(text);
      const shown = await service.diagnostics(document, noToken);
      service.close(document.uri);
      const said = (shown ?? [])
        .filter(({ data }) => data !== undefined)
        .map(({ code, range }) => [code, range.start.line + 1]);
      const expected = (await commandLine(text)).map(({ rule, dumpLine }) => [rule, dumpLine]);
      if (JSON.stringify(said) !== JSON.stringify(expected.slice(0, said.length))) different.push(name);
      if (said.length < Math.min(expected.length, 400)) different.push(`${name}: ${said.length} of ${expected.length}`);
    }
    expect(different).toEqual([]);
  });

  it("find the same whether goroutines have labels or not", async () => {
    const different: string[] = [];
    for (const { name, text } of texts) {
      if (labelled(text) === text || /^goroutine \d+ \[.*\] *\{/m.test(text)) continue;
      const [bare, withLabels] = [await editor(text), await editor(labelled(text))];
      if (JSON.stringify(bare) !== JSON.stringify(withLabels)) different.push(name);
    }
    expect(different).toEqual([]);
  });
});

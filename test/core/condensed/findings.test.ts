import { expect, it } from "vitest";
import { foldSteps } from "../../../server/src/core/condensed/foldFindings.ts";
import { rowAt } from "../../../server/src/core/condensed/told.ts";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import type { Finding } from "../../../server/src/core/findings/finding.ts";
import { ruleSteps } from "../../../server/src/core/findings/runRules.ts";
import { at } from "../../../server/src/core/model/column.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { frameOf, stackOf } from "../../../server/src/core/model/stack.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { condenseReading } from "../../../server/src/service/condensed/condenseReading.ts";
import { corpusBytes, corpusFiles } from "../../support/corpus.ts";

/** What a finding says, without the numbers that are different in each text. */
function essence(dump: Dump, { frame, root, cycle, related, rows, dumpLine, ...said }: Finding) {
  const { goroutines } = dump;
  const id = (row: number) => at(goroutines.id, row);
  const stack = (row: number) => stackOf(dump, at(goroutines.stack, row)).frames.map((each) => each.function);
  const call = (number: number | null) => (number === null ? null : { ...frameOf(dump, number), id: 0 });
  const header = rowAt(dump, dumpLine);
  return {
    ...said,
    frame: call(frame),
    root: root === null ? null : id(root),
    cycle: cycle?.map(id) ?? null,
    related: related.map((place) => ({
      message: place.message,
      frame: call(place.frame),
      goroutine: place.goroutine === null ? null : id(place.goroutine),
    })),
    stacks: [...new Set(Array.from(rows, (row) => stack(row).join()))].sort(),
    header: header < 0 ? null : id(header),
  };
}

it("findings of a condensed dump are those of the whole dump, at what the text prints, for every traceback of the corpus", async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const { file } of corpusFiles()) {
    const bytes = corpusBytes(file);
    const reading = readAny(bytes);
    const condensed = await condenseReading(
      reading,
      (spans) => {
        const isPlain = reading.bytes === bytes.length;
        return isPlain ? Promise.resolve(spans.map(({ start, end }) => bytes.subarray(start, end))) : null;
      },
      (steps) => Promise.resolve(runToEnd(steps)),
    );
    const again = readDumps(encodeUtf8(condensed!.text)).dumps;
    for (const [index, whole] of condensed!.wholes.entries()) {
      if (whole === null || whole.dump.form !== "traceback") continue;
      const shown = again[index]!;
      const findings = runToEnd(ruleSteps(whole.traits, { ...DEFAULT_CONTEXT, arguments: whole.arguments }));
      const folded = runToEnd(foldSteps(findings, whole, shown));
      compared += findings.length;
      const expected = findings.map((finding) => essence(whole.dump, finding));
      const found = folded.map((finding) => essence(shown, finding));
      found.forEach((finding, number) => {
        if (JSON.stringify(finding) !== JSON.stringify(expected[number])) {
          wrong.push(`${file} ${JSON.stringify(finding)} ${JSON.stringify(expected[number])}`);
        }
      });
    }
  }
  expect(compared).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

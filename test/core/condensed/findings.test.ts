import { expect, it } from "vitest";
import { foldSteps } from "../../../server/src/core/condensed/foldFindings.ts";
import { rowAt } from "../../../server/src/core/condensed/told.ts";
import type { Finding } from "../../../server/src/core/findings/finding.ts";
import { at } from "../../../server/src/core/model/column.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { frameOf, stackOf } from "../../../server/src/core/model/stack.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { condenseDumps } from "../../../server/src/service/condensed/condenseDumps.ts";
import { atOnce, judgeAlone, prepareAlone } from "../../support/condensed.ts";
import { corpusBytes, corpusFiles } from "../../support/corpus.ts";

const NO_SOURCES = { uri: "file:///none", sourceFrames: [], goVersion: null };

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
    const isPlain = reading.bytes === bytes.length;
    const dumps = await prepareAlone(reading.dumps, (spans) =>
      Promise.resolve(isPlain ? spans.map(({ start, end }) => bytes.subarray(start, end)) : null),
    );
    const condensed = await condenseDumps(dumps, () => NO_SOURCES, judgeAlone, atOnce);
    const again = readDumps(encodeUtf8(condensed!.text)).dumps;
    for (const [index, whole] of condensed!.wholes.entries()) {
      if (whole === null || whole.dump.form !== "traceback") continue;
      const shown = again[index]!;
      const findings = (await judgeAlone(whole.prepared))!;
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

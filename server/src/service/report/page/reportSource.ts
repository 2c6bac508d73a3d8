import { at } from "../../../core/model/column.ts";
import type { DumpReportPage } from "../../../protocol/index.ts";
import type { Clock } from "../../base/ports.ts";
import { Turns } from "../../base/turns.ts";
import type { AnalysedTexts } from "../../findings/analyses.ts";
import type { OpenText } from "../../document/openText.ts";
import { fileBehind } from "../../condensed/fileBehind.ts";
import { dumpNames } from "../../compare/dumpNames.ts";
import { reportSteps } from "./buildPage.ts";
import type { ReportSource } from "./reportedDump.ts";

/** What the report shows of one of the dumps of an open text; null: there is none of that number, or it was called off. */
export async function reportPageOf(
  text: OpenText,
  index: number,
  filter: string,
  { analyses, clock }: { readonly analyses: AnalysedTexts; readonly clock: Clock },
): Promise<DumpReportPage | null> {
  const source = await reportSource(text, index, analyses);
  if (source === undefined) return null;
  return (await new Turns(clock).run(reportSteps(source, filter), text.token)) ?? null;
}

/** One of the dumps of an open text, for its report; undefined: there is none of that number, or it was called off. */
async function reportSource(text: OpenText, index: number, analyses: AnalysedTexts): Promise<ReportSource | undefined> {
  const open = text.dumps[index];
  if (open === undefined) return undefined;
  const findings = (await analyses.of(text))[index]?.findings ?? [];
  const seen = await analyses.seen(text, open);
  if (seen === undefined) return undefined;
  const { prepared, printed } = seen;
  const { line } = open.dump.goroutines;
  const shownAt = printed && new Map(printed.map((row, shown) => [row, shown]));
  return {
    name: dumpNames([fileBehind(text.uri)])[0] ?? "",
    index,
    dumps: text.dumps.length,
    prepared,
    findings,
    shown: open.dump,
    rowOf: (row) => printed?.[row] ?? row,
    lineOf: (row) => {
      const shown = shownAt === null ? row : shownAt.get(row);
      return shown === undefined ? null : at(line, shown);
    },
  };
}

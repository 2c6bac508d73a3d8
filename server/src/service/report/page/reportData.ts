import type { CompareResult, DumpReportPage } from "../../../protocol/index.ts";

/** What the report's page shows of some dumps, in English, as `reportPage` puts it in; `growth`: null, they are no series. */
export function reportData(pages: readonly DumpReportPage[], growth: CompareResult | null): unknown {
  const dumps = pages.map((page) => ({ name: nameOf(page), page }));
  return { dumps, shown: 0, growth, language: "en", words: null };
}

function nameOf({ name, index, dumps }: DumpReportPage): string {
  return dumps > 1 ? `${name} (${index + 1})` : name;
}

import { isAbsolute, relative, resolve, sep } from "node:path";
import { githubReport } from "../service/report/githubReport.ts";
import { jsonReport } from "../service/report/jsonReport.ts";
import { markdownSummary } from "../service/report/markdownSummary.ts";
import type { LazyReport } from "../service/report/lazyReport.ts";
import { textReport } from "../service/report/textReport.ts";
import { styleFor } from "./terminalStyle.ts";

/** How a report is printed. */
export const FORMATS = ["text", "json", "sarif", "github", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** Groups the text output lists: a screenful of the largest. */
const TEXT_GROUPS = 20;

/** Whether programs read it: they expect a report even of no dump. */
export function isForPrograms(format: Format): boolean {
  return format === "json" || format === "sarif";
}

/** The report for standard output, in pieces. */
export async function renderReport(report: LazyReport, format: Format): Promise<Iterable<string>> {
  switch (format) {
    case "text":
      return [textReport(report, { groups: TEXT_GROUPS, style: styleFor(process.stdout, process.env) })];
    case "json":
      return jsonReport(report);
    case "sarif": {
      const { sarifText } = await import("./sarif.ts");
      return [sarifText(report)];
    }
    case "github":
      return [githubReport(report, inRepository)];
    case "markdown":
      return [markdownSummary(report, inRepository)];
  }
}

/** A path as GitHub names it: from the checkout on (here: the current folder) where it is below that. */
function inRepository(path: string): string {
  const inside = relative(process.env["GITHUB_WORKSPACE"] ?? process.cwd(), resolve(path));
  const isBelow = inside !== "" && inside.split(sep)[0] !== ".." && !isAbsolute(inside);
  return isBelow ? inside.split(sep).join("/") : path;
}

import { isAbsolute, relative, resolve, sep } from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import { visibleJson } from "../core/text/visible.ts";
import { githubReport } from "../service/report/githubReport.ts";
import { jsonReport } from "../service/report/jsonReport.ts";
import { markdownSummary } from "../service/report/markdownSummary.ts";
import type { LazyReport } from "../service/report/lazyReport.ts";
import { sarifReport } from "../service/report/sarifReport.ts";
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
export function renderReport(report: LazyReport, format: Format): Iterable<string> {
  switch (format) {
    case "text":
      return [textReport(report, { groups: TEXT_GROUPS, style: styleFor(process.stdout, process.env) })];
    case "json":
      return jsonReport(report);
    case "sarif":
      return [visibleJson(`${JSON.stringify(sarifReport(report, sarifTool()), null, 2)}\n`)];
    case "github":
      return [githubReport(report, inRepository)];
    case "markdown":
      return [markdownSummary(report, inRepository)];
  }
}

function sarifTool() {
  const { version, homepage } = packageJson;
  const helpUri = (rule: string): string => `${homepage}/blob/main/docs/rules/${rule}.md`;
  return { name: "Goroutine Dump Navigator", version, informationUri: homepage, helpUri };
}

/** A path as GitHub names it: from the checkout on (here: the current folder) where it is below that. */
function inRepository(path: string): string {
  const inside = relative(process.env["GITHUB_WORKSPACE"] ?? process.cwd(), resolve(path));
  const isBelow = inside !== "" && inside.split(sep)[0] !== ".." && !isAbsolute(inside);
  return isBelow ? inside.split(sep).join("/") : path;
}

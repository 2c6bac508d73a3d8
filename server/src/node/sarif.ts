import packageJson from "../../../package.json" with { type: "json" };
import { visibleJson } from "../core/text/visible.ts";
import type { LazyReport } from "../service/report/lazyReport.ts";
import { sarifReport } from "../service/report/sarifReport.ts";

/** A report as the text of a SARIF log. */
export function sarifText(report: LazyReport): string {
  const { version, homepage } = packageJson;
  const helpUri = (rule: string): string => `${homepage}/blob/main/docs/rules/${rule}.md`;
  const tool = { name: "Goroutine Dump Navigator", version, informationUri: homepage, helpUri };
  return visibleJson(`${JSON.stringify(sarifReport(report, tool), null, 2)}\n`);
}

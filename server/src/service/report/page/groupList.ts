import { goroutines } from "../../../core/analysis/wording.ts";
import { say } from "../../../core/text/say.ts";
import { visible } from "../../../core/text/visible.ts";
import type { DumpReportPage, ReportGroup } from "../../../protocol/index.ts";
import { words } from "../../base/words.ts";

/**
 * The groups of a dump as a text: a line each, which editors lead from to the group's first goroutine, as from a compiler's
 * message: `app.dump:8: 3 × ws.(*Client).Send [chan send, at least 2 min]`.
 */
export function groupList({ name, shown, groups }: DumpReportPage): string {
  const lines = groups.items.map((group) => `${place(name, group)}${visible(groupText(group))}`);
  const more = groups.more > 0 ? [`... ${groups.more}`] : [];
  return `${[`${visible(name)}: ${words(goroutines(shown))}`, ...lines, ...more].join("\n")}\n`;
}

function place(name: string, { line }: ReportGroup): string {
  return line === null ? "" : `${visible(name)}:${line}: `;
}

function groupText({ count, title, state, waitMinutes }: ReportGroup): string {
  const waited = waitMinutes === null ? "" : `, ${words(say`at least ${waitMinutes.max} min`)}`;
  return `${count} × ${title} [${state}${waited}]`;
}

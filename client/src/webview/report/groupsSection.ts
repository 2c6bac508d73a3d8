import type { DumpReportPage, ReportGroup } from "../../../../server/src/protocol/index.ts";
import { shortName } from "../../model/report/frames.ts";
import { element } from "../elements.ts";
import { moreText } from "./overviewSection.ts";
import type { PageHost } from "./pageHost.ts";
import { section } from "./section.ts";
import { type Cell, numeric, table } from "./table.ts";
import { formatCount, l10n } from "./words.ts";

/** The largest groups of goroutines with one stack and state, each with its stack to unfold. */
export function groupsSection(page: DumpReportPage, host: PageHost): HTMLElement {
  const { groups } = page;
  const hasWaits = groups.items.some(({ waitMinutes }) => waitMinutes !== null);
  const waited = hasWaits ? [l10n.t("Waited")] : [];
  const heads = [l10n.t("Goroutines"), l10n.t("Stack"), l10n.t("State"), ...waited, l10n.t("In the dump")];
  const rows = groups.items.map((group): Cell[] => [
    numeric(formatCount(group.count)),
    stack(page, host, group),
    group.state,
    ...(hasWaits ? [numeric(waitText(group))] : []),
    host.lineLink(group.line),
  ]);
  return section("groups", l10n.t("Largest groups"), [
    table(l10n.t("Largest groups"), heads, rows),
    ...moreText(groups, (more) => l10n.t("Smaller groups left out: {0}", formatCount(more))),
  ]);
}

function stack(page: DumpReportPage, host: PageHost, group: ReportGroup): HTMLElement {
  const frame = (number: number) =>
    element("li", "", [shortName(page.frames, number), " ", host.frameLink(page, number)]);
  const more = group.moreFrames === 0 ? [] : [element("li", "dim", [l10n.t("Frames left out: {0}", group.moreFrames)])];
  const creator =
    group.createdBy === null
      ? []
      : [
          element("li", "dim", [
            `${l10n.t("created by {0}", shortName(page.frames, group.createdBy))} `,
            host.frameLink(page, group.createdBy),
          ]),
        ];
  const summary = element("summary", "", [group.title]);
  return element("details", "stack", [summary, element("ol", "", [...group.frames.map(frame), ...more, ...creator])]);
}

function waitText({ waitMinutes }: ReportGroup): string {
  if (waitMinutes === null) return "";
  const { min, max } = waitMinutes;
  return min === max ? l10n.t("{0} min", max) : l10n.t("{0} to {1} min", min, max);
}

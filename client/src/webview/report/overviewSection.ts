import type { BoundedList, DumpReportPage, LabelCounts } from "../../../../server/src/protocol/index.ts";
import { stateColor } from "../../model/report/colors.ts";
import { tellsWaits, waitText } from "../../model/report/waitText.ts";
import { element } from "../elements.ts";
import { section } from "./section.ts";
import { bar, type Cell, numeric, table } from "./table.ts";
import { formatCount, formatShare, l10n } from "./words.ts";

/** What the goroutines do, how long they have waited, and their labels. */
export function overviewSection(page: DumpReportPage): HTMLElement {
  const labels = page.labels.items.map((label) => labelTable(label));
  return section("overview", l10n.t("Overview"), [
    element("div", "columns", [statesTable(page), ...(tellsWaits(page) ? [waitsTable(page)] : []), ...labels]),
    ...moreText(page.labels, (more) => l10n.t("Labels left out: {0}", more)),
  ]);
}

function statesTable({ states, shown }: DumpReportPage): HTMLElement {
  const most = mostOf(states.items);
  const rows = states.items.map(({ state, class: name, count }): Cell[] => [
    state,
    bar(count, formatCount(count), most, stateColor(name)),
    numeric(formatShare(count, shown)),
  ]);
  const left = moreText(states, (more) => l10n.t("States left out: {0}", more));
  return part(
    l10n.t("States"),
    table(l10n.t("States"), [l10n.t("State"), l10n.t("Goroutines"), l10n.t("Share")], rows),
    left,
  );
}

function waitsTable({ waits, shown }: DumpReportPage): HTMLElement {
  const most = mostOf(waits);
  const rows = waits.map((wait): Cell[] => [
    waitText(wait, l10n),
    bar(wait.count, formatCount(wait.count), most, undefined),
    numeric(formatShare(wait.count, shown)),
  ]);
  const heads = [l10n.t("Waited at least"), l10n.t("Goroutines"), l10n.t("Share")];
  return part(l10n.t("Waits"), table(l10n.t("Waits"), heads, rows), []);
}

function labelTable({ key, values }: LabelCounts): HTMLElement {
  const most = mostOf(values.items);
  const rows = values.items.map(({ value, count }): Cell[] => [value, bar(count, formatCount(count), most, undefined)]);
  const left = moreText(values, (more) => l10n.t("Values left out: {0}", formatCount(more)));
  const title = l10n.t("Label {0}", key);
  return part(title, table(title, [l10n.t("Value"), l10n.t("Goroutines")], rows), left);
}

function part(title: string, content: HTMLElement, left: readonly HTMLElement[]): HTMLElement {
  return element("div", "part", [element("h3", "", [title]), content, ...left]);
}

export function moreText<T>({ more }: BoundedList<T>, say: (more: number) => string): HTMLElement[] {
  return more === 0 ? [] : [element("p", "dim", [say(more)])];
}

function mostOf(list: readonly { readonly count: number }[]): number {
  return list.reduce((most, { count }) => Math.max(most, count), 0);
}

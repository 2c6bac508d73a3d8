import type { ChartData, ChartStack } from "../model/chartData.ts";
import { button, element } from "./elements.ts";
import type { LineStyle, Theme } from "./theme.ts";

/** Opens the source of the stack with that number in the comparison. */
export type OpenStack = (index: number) => void;

/**
 * The numbers of the chart, for eyes, screen readers and keyboards; and its legend. Without `open` nothing opens source.
 */
export function countsTable(data: ChartData, theme: Theme, open: OpenStack | undefined): HTMLTableElement {
  const { texts, dumps, stacks, columns } = data;
  const heads = [texts.stack, ...columns].map((text) => head(text, "col"));
  const dumpHeads = dumps.map(({ name, time, label }, index) => {
    const cell = head(label, "col");
    cell.className = "count";
    cell.title = `${name} ${time}`;
    cell.dataset["dump"] = String(index);
    return cell;
  });
  const rows = stacks.map((stack, index) => row(stack, data, theme.lines[index % theme.lines.length], open));
  return element("table", "", [
    element("caption", "", [texts.tableCaption]),
    element("thead", "", [element("tr", "", [...heads, ...dumpHeads])]),
    element("tbody", "", [...rows, totals(data)]),
  ]);
}

/** Marks the column of a dump; undefined marks none. */
export function markDump(table: HTMLTableElement, dump: number | undefined): void {
  for (const cell of table.querySelectorAll<HTMLElement>("[data-dump]")) {
    cell.classList.toggle("marked", cell.dataset["dump"] === String(dump));
  }
}

function row(
  { title, said, counts, index, hasSource }: ChartStack,
  { texts }: ChartData,
  line: LineStyle | undefined,
  open: OpenStack | undefined,
): HTMLTableRowElement {
  const name = head("", "row");
  const isLink = hasSource && open !== undefined;
  name.append(swatch(line), isLink ? button(title, "link", () => open(index)) : document.createTextNode(title));
  if (isLink) name.title = texts.openSource;
  return element("tr", "", [name, ...said.map((text) => element("td", "", [text])), ...counts.map(countCell)]);
}

function totals({ columns, dumps, texts }: ChartData): HTMLTableRowElement {
  const name = head(texts.total, "row");
  const empty = columns.map(() => element("td", ""));
  const cells = dumps.map(({ goroutines }, index) => {
    const cell = element("td", "count", [goroutines]);
    cell.dataset["dump"] = String(index);
    return cell;
  });
  return element("tr", "total", [name, ...empty, ...cells]);
}

function countCell(count: number, index: number): HTMLTableCellElement {
  const cell = element("td", "count", [count.toLocaleString("en-US")]);
  cell.dataset["dump"] = String(index);
  return cell;
}

function head(text: string, scope: "col" | "row"): HTMLTableCellElement {
  const cell = element("th", "", [text]);
  cell.scope = scope;
  return cell;
}

/** A piece of the stack's line. */
function swatch(line: LineStyle | undefined): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const path = document.createElementNS(namespace, "path");
  for (const [name, value] of [
    ["viewBox", "0 0 24 8"],
    ["width", "24"],
    ["height", "8"],
    ["aria-hidden", "true"],
  ] as const) {
    svg.setAttribute(name, value);
  }
  path.setAttribute("d", "M0 4H24");
  path.setAttribute("stroke", line?.color ?? "currentColor");
  path.setAttribute("stroke-width", "2.5");
  path.setAttribute("stroke-dasharray", (line?.dash ?? []).join(" "));
  svg.append(path);
  return svg;
}

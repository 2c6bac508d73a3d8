import { element } from "../elements.ts";

export type Cell = Node | string;

/** A number as it is written, which stands at the right of its column. */
export function numeric(text: string): HTMLElement {
  return element("span", "count", [text]);
}

const isNumeric = (cell: Cell | undefined): boolean => cell instanceof HTMLElement && cell.className === "count";

/** A table with a head; numbers stand at the right. The caption is for those who do not see the heading above. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): HTMLElement {
  const headCells = heads.map((text, index) => {
    const cell = element("th", isNumeric(rows[0]?.[index]) ? "count" : "", [text]);
    cell.scope = "col";
    return cell;
  });
  const body = rows.map((cells) => element("tr", "", cells.map(tableCell)));
  const hidden = element("caption", "hidden", [caption]);
  const made = element("table", "", [
    hidden,
    element("thead", "", [element("tr", "", headCells)]),
    element("tbody", "", body),
  ]);
  return scrollable(caption, made);
}

function tableCell(cell: Cell): HTMLElement {
  return element("td", isNumeric(cell) ? "count" : "", [cell]);
}

/** What may be wider than the page: it scrolls by itself, by keyboard as well. */
export function scrollable(label: string, content: HTMLElement): HTMLElement {
  const scroll = element("div", "scroll", [content]);
  scroll.tabIndex = 0;
  scroll.role = "group";
  scroll.ariaLabel = label;
  return scroll;
}

/** A number with a bar that shows its part of the largest. */
export function bar(count: number, text: string, most: number, color: string | undefined): HTMLElement {
  const fill = element("span", "bar");
  fill.style.width = `${most <= 0 ? 0 : Math.max(0.5, (100 * count) / most)}%`;
  if (color !== undefined) fill.style.background = color;
  const track = element("span", "track", [fill]);
  track.ariaHidden = "true";
  return element("span", "barred", [track, element("span", "count", [text])]);
}

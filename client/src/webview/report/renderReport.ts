import type { DumpReportPage } from "../../../../server/src/protocol/index.ts";
import type { PageData } from "../../model/report/pageData.ts";
import { element } from "../elements.ts";
import { findingsSection } from "./findingsSection.ts";
import { groupsSection } from "./groupsSection.ts";
import { GrowthSection } from "./growthSection.ts";
import { headerOf } from "./header.ts";
import { moreText, overviewSection } from "./overviewSection.ts";
import type { PageHost } from "./pageHost.ts";
import { section } from "./section.ts";
import { StacksSection } from "./stacksSection.ts";
import { WaitGraphSection } from "./waitGraphSection.ts";
import { l10n } from "./words.ts";

/** Puts the whole report on the page; gives what draws its pictures anew when the page changes its width or colours. */
export function renderReport(data: PageData, host: PageHost): () => void {
  const page = data.dumps[data.shown]?.page ?? null;
  const header = headerOf(data, page, host, (shown) => {
    if (data.dumps[shown]?.page === null) host.send({ kind: "showDump", index: shown });
    else draw = renderReport({ ...data, shown }, host);
  });
  if (page === null) {
    document.body.replaceChildren(header);
    return () => {};
  }
  const stacks = new StacksSection(page, host);
  const waits = new WaitGraphSection(page, host);
  const growth = data.growth === null ? [] : [new GrowthSection(data.growth, host)];
  const pictures = [stacks, waits, ...growth];
  const main = element("main", "", [
    findingsSection(page, host),
    overviewSection(page),
    stacks.element,
    waits.element,
    ...growth.map((each) => each.element),
    groupsSection(page, host),
    ...notesSection(page, host),
  ]);
  document.title = l10n.t("Report: {0}", page.name);
  document.body.replaceChildren(header, main);
  let draw = (): void => pictures.forEach((picture) => picture.draw());
  draw();
  return () => draw();
}

function notesSection({ notes }: DumpReportPage, host: PageHost): HTMLElement[] {
  if (notes.items.length === 0) return [];
  const items = notes.items.map(({ line, message }) => element("li", "", [message, " ", host.lineLink(line)]));
  const left = moreText(notes, (more) => l10n.t("Notes left out: {0}", more));
  return [section("notes", l10n.t("Notes"), [element("ul", "", items), ...left])];
}

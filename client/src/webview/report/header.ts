import type { DumpReportPage } from "../../../../server/src/protocol/index.ts";
import type { PageData } from "../../model/report/pageData.ts";
import { button, element } from "../elements.ts";
import { choice } from "./controls.ts";
import type { PageHost } from "./pageHost.ts";
import { distinctStacks, formatCount, goroutines, l10n } from "./words.ts";

/** Title, the verdict in one sentence, totals, and what can be done with the whole. */
export function headerOf(
  data: PageData,
  page: DumpReportPage | null,
  host: PageHost,
  choose: (dump: number) => void,
): HTMLElement {
  const title = page?.name ?? data.dumps[data.shown]?.name ?? "";
  const header = element("header", "", [element("h1", "", [title])]);
  if (page !== null) header.append(element("p", "verdict", [verdict(page)]), element("p", "dim", [totals(page)]));
  const tools = element("div", "toolbar");
  if (data.dumps.length > 1) {
    const entries = data.dumps.map(({ name }, index) => [String(index), name] as const);
    tools.append(choice(l10n.t("Dump"), entries, String(data.shown), (index) => choose(Number(index))));
  }
  if (host.isLive && page !== null) {
    tools.append(
      filterBox(page, host),
      button(l10n.t("Export Report..."), "", () => host.send({ kind: "export" })),
    );
  }
  if (tools.childElementCount > 0) header.append(tools);
  if (page !== null && page.filterError !== null) {
    const error = element("p", "error", [page.filterError]);
    error.role = "alert";
    header.append(error);
  }
  return header;
}

/** The worst finding, in a few words. */
function verdict({ findings }: DumpReportPage): string {
  const [worst, ...others] = findings.items;
  if (worst === undefined) return l10n.t("Nothing looks leaked, stuck or deadlocked.");
  const more = others.length + findings.more;
  return more === 0 ? worst.title : l10n.t("{0}, and {1} more", worst.title, formatCount(more));
}

function totals(page: DumpReportPage): string {
  const { total, shown, stacks, goVersion, time, index, dumps } = page;
  const count =
    shown === total ? goroutines(total) : l10n.t("{0} of {1} goroutines", formatCount(shown), formatCount(total));
  const parts = [
    count,
    distinctStacks(stacks),
    goVersion ?? "",
    time ?? "",
    dumps > 1 ? l10n.t("dump {0} of {1}", index + 1, dumps) : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** Filters all of the report; told with Enter, as the dump is counted anew. */
function filterBox({ filter }: DumpReportPage, host: PageHost): HTMLElement {
  const input = element("input", "filter");
  input.type = "search";
  input.value = filter;
  input.placeholder = l10n.t("Filter goroutines, e.g. state:chan wait:>10");
  input.ariaLabel = l10n.t("Filter goroutines");
  // Fires with Enter and with the cross that empties the box.
  input.addEventListener("search", () => input.value !== filter && host.send({ kind: "filter", text: input.value }));
  return input;
}

import type uPlot from "uplot";
import type { CompareResult } from "../../../../server/src/protocol/index.ts";
import { chartData } from "../../model/chartData.ts";
import { countsTable, markDump } from "../countsTable.ts";
import { element, fill } from "../elements.ts";
import { drawChart } from "../growthChart.ts";
import { currentTheme } from "../theme.ts";
import type { PageHost } from "./pageHost.ts";
import { section } from "./section.ts";
import { scrollable } from "./table.ts";
import { l10n } from "./words.ts";

/** What became of the stacks over several dumps: a chart and its numbers. */
export class GrowthSection {
  readonly element: HTMLElement;
  readonly #result: CompareResult;
  readonly #host: PageHost;
  readonly #content = element("div", "growth");
  #chart: uPlot | undefined;

  constructor(result: CompareResult, host: PageHost) {
    this.#result = result;
    this.#host = host;
    this.element = section("growth", l10n.t("Growth"), [this.#content]);
  }

  draw(): void {
    const data = chartData({ title: "", result: this.#result, kind: "series" }, false, l10n);
    this.#chart?.destroy();
    const theme = currentTheme();
    const place = element("div", "chart");
    place.role = "img";
    place.ariaLabel = data.texts.chartLabel;
    const host = this.#host;
    const open = host.isLive ? (index: number) => host.send({ kind: "openGrown", index }) : undefined;
    const table = countsTable(data, theme, open);
    const list = element(
      "ul",
      "",
      data.findings.map((message) => element("li", "", [message])),
    );
    fill(this.#content, [
      element("p", "dim", [data.summary]),
      ...(data.findings.length === 0 ? [] : [list]),
      place,
      scrollable(data.texts.tableCaption, table),
    ]);
    this.#chart = drawChart(place, data, theme, (dump) => markDump(table, dump));
  }
}

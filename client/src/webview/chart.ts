import type uPlot from "uplot";
import plotStyle from "uplot/dist/uPlot.min.css";
import type { ChartData, ChartMessage } from "../model/chartData.ts";
import ownStyle from "./chart.css";
import { countsTable, markDump } from "./countsTable.ts";
import { button, element, fill } from "./elements.ts";
import { drawChart, fitChart } from "./growthChart.ts";
import { type Editor, editorOfPage } from "./editor.ts";
import { useStyle } from "./style.ts";
import { currentTheme, onThemeChange } from "./theme.ts";

let shown: ChartData | undefined;
let chart: uPlot | undefined;
let editor: Editor<ChartMessage> | undefined;

/** The page of the panel "Goroutines over Time". */
export function showChart(): void {
  editor = editorOfPage();
  useStyle(plotStyle);
  useStyle(ownStyle);
  // Messages come from the extension alone: it owns this frame.
  window.addEventListener("message", (event: MessageEvent<ChartData>) => {
    shown = event.data;
    render();
  });
  onThemeChange(render);
  window.addEventListener("resize", () => {
    const place = document.querySelector<HTMLElement>(".chart");
    if (chart !== undefined && place !== null) {
      fitChart(chart, place);
    }
  });
  send({ kind: "ready" });
}

/** Tells the extension what the user did. */
function send(message: ChartMessage): void {
  editor?.postMessage(message);
}

/** Shows the data in the theme of the moment. The focus stays where it was, as a series goes on growing. */
function render(): void {
  const data = shown;
  if (data === undefined) {
    return;
  }
  const focused = [...document.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  chart?.destroy();
  const theme = currentTheme();
  const place = element("div", "chart");
  place.role = "img";
  place.ariaLabel = data.texts.chartLabel;
  const table = countsTable(data, theme, (index) => send({ kind: "openSource", index }));
  const scroll = element("div", "scroll", [table]);
  fill(document.body, [header(data), ...findings(data), place, scroll]);
  chart = drawChart(place, data, theme, (dump) => markDump(table, dump));
  document.querySelectorAll("button")[focused]?.focus();
}

function header({ title, summary, isCapturing, texts }: ChartData): HTMLElement {
  const text = element("p", "summary", [summary]);
  text.role = "status";
  const stop = isCapturing ? [button(texts.stop, "stop", () => send({ kind: "stop" }))] : [];
  return element("header", "", [element("h1", "", [title]), text, ...stop]);
}

function findings({ findings: messages, texts }: ChartData): HTMLElement[] {
  if (messages.length === 0) {
    return [];
  }
  const list = element(
    "ul",
    "findings",
    messages.map((message) => element("li", "", [message])),
  );
  list.ariaLabel = texts.findings;
  return [list];
}

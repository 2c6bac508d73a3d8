import plotStyle from "uplot/dist/uPlot.min.css";
import type { PageData, ReportMessage } from "../../model/report/pageData.ts";
import { editorOfPage } from "../editor.ts";
import { useStyle } from "../style.ts";
import { onThemeChange } from "../theme.ts";
import { PageHost } from "./pageHost.ts";
import ownStyle from "./report.css";
import { renderReport } from "./renderReport.ts";
import { useWords } from "./words.ts";

let draw = (): void => {};

/** The report: a panel of the editor, which gets its data as messages, or a file that holds them. */
export function showReport(): void {
  useStyle(plotStyle);
  useStyle(ownStyle);
  const embedded = document.getElementById("report-data")?.textContent?.trim() ?? "";
  if (embedded !== "") show(JSON.parse(embedded) as PageData, new PageHost(undefined));
  else listen();
  window.addEventListener("resize", () => draw());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
  onThemeChange(() => draw());
}

function listen(): void {
  const editor = editorOfPage<ReportMessage>();
  const host = new PageHost((message) => editor?.postMessage(message));
  // Messages come from the extension alone: it owns this frame.
  window.addEventListener("message", (event: MessageEvent<PageData>) => show(event.data, host));
  host.send({ kind: "ready" });
}

function show(data: PageData, host: PageHost): void {
  useWords(data.language, data.words);
  draw = renderReport(data, host);
}

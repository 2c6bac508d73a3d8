import { showChart } from "./chart.ts";
import { showReport } from "./report/report.ts";

// Entry point of every page. One script for all: what the pages share is in the package once.
if (document.documentElement.dataset["page"] === "chart") showChart();
else showReport();

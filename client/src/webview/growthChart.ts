import "./pageLanguage.ts";
import uPlot from "uplot";
import { type ChartData, tickText, timeSteps } from "../model/chartData.ts";
import type { Theme } from "./theme.ts";

const chartHeight = 320;

/** Draws the counts over the dumps; calls back with the dump under the pointer, or none. */
export function drawChart(
  parent: HTMLElement,
  data: ChartData,
  theme: Theme,
  onHover: (dump: number | undefined) => void,
): uPlot {
  const axis = {
    stroke: theme.foreground,
    font: theme.font,
    grid: { stroke: theme.grid, width: 1, dash: [2, 4] },
    ticks: { show: false },
  };
  const options: uPlot.Options = {
    width: widthOf(parent),
    height: chartHeight,
    legend: { show: false },
    // As the table and the names of captures have it.
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { drag: { x: true, y: false } },
    scales: {
      x: { time: data.hasTimes, range: rangeOfX },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] },
    },
    axes: [
      {
        ...axis,
        ...(data.hasTimes
          ? {
              values: (_, splits, __, ___, step) => splits.map((at) => tickText(at, step)),
              incrs: timeSteps,
              space: 90,
            }
          : {
              values: (_, splits) => splits.map((at) => data.dumps[at]?.label ?? ""),
              incrs: [1, 2, 5, 10, 20, 50],
              space: labelWidth(data),
            }),
      },
      {
        ...axis,
        size: 64,
        values: (_, splits) => splits.map((count) => (Number.isInteger(count) ? count.toLocaleString("en-US") : "")),
      },
    ],
    series: [{}, ...data.stacks.map((stack, index) => lineOf(stack.title, data.isSeries, theme, index))],
    hooks: { setCursor: [({ cursor }) => onHover(cursor.idx ?? undefined)] },
  };
  const columns = [[...data.x], ...data.stacks.map(({ counts }) => [...counts])];
  return new uPlot(options, columns as unknown as uPlot.AlignedData, parent);
}

/** Keeps the chart as wide as its place. */
export function fitChart(chart: uPlot, parent: HTMLElement): void {
  chart.setSize({ width: widthOf(parent), height: chartHeight });
}

function lineOf(label: string, isSeries: boolean, theme: Theme, index: number): uPlot.Series {
  const { color, dash } = theme.lines[index % theme.lines.length] ?? { color: theme.foreground, dash: [] };
  const line: uPlot.Series = {
    label,
    stroke: color,
    width: 2,
    dash: [...dash],
    points: { show: true, size: 7, fill: color },
  };
  // Hosts do not follow each other: points alone.
  return isSeries ? line : { ...line, paths: () => null };
}

/** A single dump has a chart too: its points stand in the middle. */
function rangeOfX(_: uPlot, least: number, most: number): uPlot.Range.MinMax {
  return least < most ? [least, most] : [least - 1, most + 1];
}

/** Pixels that a label takes at most, with room to the next. */
function labelWidth({ dumps }: ChartData): number {
  return 16 + 8 * dumps.reduce((most, { label }) => Math.max(most, label.length), 4);
}

function widthOf(parent: HTMLElement): number {
  return Math.max(240, parent.clientWidth);
}

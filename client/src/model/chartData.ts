import type { ComparedDump, ComparedStack, CompareResult } from "../../../server/src/protocol/index.ts";
import { changeName, countsText, grouped, median, placeText, rateText, stateText, timeText } from "./changeTexts.ts";
import type { Localizer } from "./localizer.ts";

/** Stacks drawn, at most: more lines than that cannot be told apart. */
const shownStacks = 8;
/** Letters of a name at the axis of a series, at most: numbers are a few letters wide. */
const longestLabel = 16;
/** Stacks that never have this share of the largest would lie on the axis. */
const leastShare = 0.02;

/** One line of the chart and row of the table. */
export interface ChartStack {
  /** Number of the stack in the comparison, for what the panel sends back. */
  readonly index: number;
  readonly title: string;
  /** A text for each of the {@link ChartData.columns}. */
  readonly said: readonly string[];
  readonly counts: readonly number[];
  /** Whether a click can open its source. */
  readonly hasSource: boolean;
}

/** One dump: a place on the axis and a column of the table. */
export interface ChartDump {
  readonly name: string;
  readonly time: string;
  readonly goroutines: string;
  /** What stands at the axis and above the column: its time of the day, its name or, where names are long, its number. */
  readonly label: string;
}

/** Seconds between marks of a time axis: no dumps are taken more often. */
export const timeSteps: number[] = [
  1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800, 2_592_000, 31_536_000,
];

/** What stands at a mark of a time axis, as the table has it: the time of the day, or the day where marks are days apart. */
export function tickText(seconds: number, step: number): string {
  const text = new Date(seconds * 1000).toISOString();
  return step < 86_400 ? `${text.slice(11, 19)}Z` : text.slice(0, 10);
}

/** All that the panel shows. Plain texts: they may quote a dump, and are never read as markup. */
export interface ChartData {
  readonly title: string;
  /** One sentence about the whole. */
  readonly summary: string;
  /** Seconds since the epoch for a time axis; numbers of the dumps where times are unknown or do not rise. */
  readonly x: readonly number[];
  readonly hasTimes: boolean;
  /** Whether the dumps follow each other, so that lines join them. */
  readonly isSeries: boolean;
  readonly dumps: readonly ChartDump[];
  /** Heads of what is said of a stack besides its counts. Rates are known where times are. */
  readonly columns: readonly string[];
  readonly stacks: readonly ChartStack[];
  readonly findings: readonly string[];
  readonly isCapturing: boolean;
  readonly texts: ChartTexts;
}

/** The panel's own words, translated. */
export interface ChartTexts {
  readonly stack: string;
  readonly stop: string;
  readonly openSource: string;
  readonly tableCaption: string;
  readonly chartLabel: string;
  readonly findings: string;
  readonly total: string;
}

/** What the panel asks of the extension. */
export type ChartMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "stop" }
  | { readonly kind: "openSource"; readonly index: number };

/** What a comparison looks like in the panel. */
export function chartData(
  {
    title,
    result,
    kind,
  }: { readonly title: string; readonly result: CompareResult; readonly kind: "series" | "fleet" },
  isCapturing: boolean,
  l10n: Localizer,
): ChartData {
  const { dumps, stacks, findings } = result;
  const times = dumps.map(({ time }) => (time === null ? Number.NaN : time / 1000));
  const hasTimes = kind === "series" && times.every((time, index) => time > (times[index - 1] ?? 0));
  const shown = drawn(stacks);
  const hasRates = shown.some(([{ perMinute }]) => rateText(perMinute) !== "");
  return {
    title,
    summary: summaryOf(dumps, kind, l10n),
    x: hasTimes ? times : dumps.map((_, index) => index),
    hasTimes,
    isSeries: kind === "series",
    dumps: chartDumps(dumps, kind, hasTimes),
    columns: [l10n.t("Place"), l10n.t("State"), l10n.t("Change"), ...(hasRates ? [l10n.t("Rate")] : [])],
    stacks: shown.map(([stack, index]) => chartStack(stack, index, hasRates, l10n)),
    findings: findings.map(({ message }) => message),
    isCapturing,
    texts: textsOf(l10n),
  };
}

function chartDumps(dumps: readonly ComparedDump[], kind: "series" | "fleet", hasTimes: boolean): ChartDump[] {
  const names = kind === "fleet" ? dumps.map(({ name }) => name) : seriesLabels(dumps.map(({ name }) => name));
  return dumps.map(({ name, time, goroutines }, index) => {
    const text = timeText(time);
    // The day is in the column's title.
    const label = hasTimes ? text.slice(text.indexOf(" ") + 1) : (names[index] ?? "");
    return { name, time: text, goroutines: grouped(goroutines), label };
  });
}

/** Names without what says how they are written, as far as that tells them apart; numbers where they are long. */
function seriesLabels(names: readonly string[]): readonly string[] {
  const stems = names.map((name) => name.slice(0, 1) + name.slice(1).split(".", 1).join(""));
  const labels = new Set(stems).size === names.length ? stems : names;
  return labels.every(({ length }) => length <= longestLabel) ? labels : labels.map((_, index) => String(index + 1));
}

/** At least 0. A loop, as there may be more values than a call takes arguments. */
function largest(values: readonly number[]): number {
  return values.reduce((found, value) => Math.max(found, value), 0);
}

function most({ counts }: ComparedStack): number {
  return largest(counts);
}

/** The stacks worth a line, with their numbers. */
function drawn(stacks: readonly ComparedStack[]): readonly (readonly [stack: ComparedStack, index: number])[] {
  const least = largest(stacks.map(most)) * leastShare;
  return stacks
    .map((stack, index) => [stack, index] as const)
    .filter(([stack]) => most(stack) >= least)
    .slice(0, shownStacks);
}

function chartStack(stack: ComparedStack, index: number, hasRates: boolean, l10n: Localizer): ChartStack {
  const { title, frame, change, perMinute, counts } = stack;
  return {
    index,
    title,
    said: [placeText(frame), stateText(stack), changeName(change, l10n), ...(hasRates ? [rateText(perMinute)] : [])],
    counts,
    hasSource: frame?.file !== null && frame !== null,
  };
}

function summaryOf(dumps: readonly ComparedDump[], kind: "series" | "fleet", l10n: Localizer): string {
  const goroutines = dumps.map((dump) => dump.goroutines);
  if (kind === "fleet") {
    return l10n.t("usually {0} goroutines, at most {1}", grouped(median(goroutines)), grouped(largest(goroutines)));
  }
  const counts = countsText(goroutines);
  return l10n.t("{0} dumps, goroutines: {1}", dumps.length, counts);
}

function textsOf(l10n: Localizer): ChartTexts {
  return {
    stack: l10n.t("Stack"),
    stop: l10n.t("Stop Capturing"),
    openSource: l10n.t("Open Source"),
    tableCaption: l10n.t("Goroutines of each stack in each dump"),
    chartLabel: l10n.t("Chart of the goroutines of each stack over the dumps; the table below has the numbers."),
    findings: l10n.t("Findings"),
    total: l10n.t("All goroutines"),
  };
}

/** Reads what came from the panel; undefined for anything else. */
export function readChartMessage(message: unknown): ChartMessage | undefined {
  if (typeof message !== "object" || message === null || !("kind" in message)) {
    return undefined;
  }
  if (message.kind === "ready" || message.kind === "stop") {
    return { kind: message.kind };
  }
  const index = "index" in message ? message.index : undefined;
  return message.kind === "openSource" && typeof index === "number" ? { kind: "openSource", index } : undefined;
}

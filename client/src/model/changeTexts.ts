import type { ComparedDump, ComparedStack, FrameRef } from "../../../server/src/protocol/index.ts";
import { fileName } from "./fileName.ts";
import type { Localizer } from "./localizer.ts";

/** Counts shown side by side; of more dumps the first and the last ones are. */
const shownCounts = 6;

/** Thousands apart: `1,500`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** `1,500 → 2,400 → 5,000`; of a long series the middle is left out. */
export function countsText(counts: readonly number[]): string {
  const texts = counts.map(grouped);
  const shown = counts.length <= shownCounts ? texts : [...texts.slice(0, 2), "…", ...texts.slice(-(shownCounts - 3))];
  return shown.join(" → ");
}

/** `+3,500` from the first dump to the last; empty where nothing changed. */
export function differenceText(counts: readonly number[]): string {
  const difference = (counts.at(-1) ?? 0) - (counts[0] ?? 0);
  return difference === 0 ? "" : `${difference < 0 ? "-" : "+"}${grouped(Math.abs(difference))}`;
}

/** `+58/min`, `-3.5/min`; empty where the rate is unknown or nothing changed. */
export function rateText(perMinute: number | null): string {
  if (perMinute === null || perMinute === 0) {
    return "";
  }
  const size = Math.abs(perMinute);
  const digits = size < 10 ? Number(size.toFixed(1)).toString() : grouped(Math.round(size));
  return `${perMinute < 0 ? "-" : "+"}${digits}/min`;
}

/** What a stack says for itself beside its name: counts, rate, state and wait; in a fleet the hosts that stand out. */
export function stackText(stack: ComparedStack, dumps: readonly ComparedDump[], l10n: Localizer): string {
  const counts =
    stack.change === "outlier" || stack.change === "even"
      ? hostsText(stack, dumps, l10n)
      : [countsText(stack.counts), rateText(stack.perMinute)];
  return joined([...counts, stateText(stack), waitText(stack.waitMinutes, l10n)]);
}

/** The state; empty where the dump prints none and the frames prove none. */
export function stateText({ state }: ComparedStack): string {
  return state === "unknown" ? "" : state;
}

/** Hosts named of a fleet's stack. */
const shownHosts = 3;

function hostsText({ counts, outliers }: ComparedStack, dumps: readonly ComparedDump[], l10n: Localizer): string[] {
  const usual = l10n.t("usually {0}", grouped(median(counts)));
  const hosts = outliers
    .slice(0, shownHosts)
    .map((index) => `${dumps[index]?.name ?? ""}: ${grouped(counts[index] ?? 0)}`);
  const rest = outliers.length - hosts.length;
  const more = rest === 1 ? l10n.t("1 more host") : l10n.t("{0} more hosts", rest);
  return [...hosts, ...(rest > 0 ? [more] : []), usual];
}

/** The count in the middle; of an even number of dumps the lower one. */
export function median(counts: readonly number[]): number {
  const sorted = [...counts].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** `at least 4 min`: Go counts from the first garbage collection on. Empty where no wait is printed. */
export function waitText(minutes: number | null, l10n: Localizer): string {
  return minutes === null ? "" : l10n.t("at least {0} min", minutes);
}

/** What a change is called, for headings and screen readers. */
export function changeName(change: ComparedStack["change"], l10n: Localizer): string {
  const names: Readonly<Record<ComparedStack["change"], string>> = {
    grown: l10n.t("Grown"),
    shrunk: l10n.t("Shrunk"),
    new: l10n.t("New"),
    gone: l10n.t("Gone"),
    stuck: l10n.t("Stuck"),
    same: l10n.t("Unchanged"),
    outlier: l10n.t("Outlier"),
    even: l10n.t("Even"),
  };
  return names[change];
}

/** `hub.go:58`; empty where the dump gives no place. */
export function placeText(frame: FrameRef | null): string {
  if (frame === null || frame.file === null) {
    return "";
  }
  const name = fileName(frame.file);
  return frame.line === null ? name : `${name}:${frame.line}`;
}

/** `2026-11-21 05:59:03Z`; empty where the time is unknown. */
export function timeText(time: number | null): string {
  return time === null ? "" : `${new Date(time).toISOString().slice(0, 19).replace("T", " ")}Z`;
}

/** The parts that say something, with commas. */
export function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

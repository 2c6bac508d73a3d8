import type { Certainty } from "../../core/analysis/certainty.ts";
import type { FleetPlaceReport, FleetReport } from "../../output/fleet.ts";
import { visible } from "../../core/text/visible.ts";
import type { FleetRow, FleetTable } from "./fleetTable.ts";

/** What is asked of a report. */
export interface FleetView {
  /** Milliseconds since the epoch; null: not asked for. */
  readonly since: number | null;
  /** Most places listed. */
  readonly places: number;
}

/** The report on a table. */
export function fleetReport(
  table: FleetTable,
  problems: { readonly first: readonly string[]; readonly count: number },
  { since, places }: FleetView,
): FleetReport {
  const rows = table.rows().map((row) => toPlace(row, since));
  const listed = since === null ? rows : [...rows].sort((left, right) => Number(right.isNew) - Number(left.isNew));
  return {
    version: 1,
    ...table.totals,
    findings: { proven: countOf(rows, "proven"), strong: countOf(rows, "strong"), suspect: countOf(rows, "suspect") },
    problems: problems.first,
    problemCount: problems.count,
    places: listed.slice(0, places),
    placeCount: rows.length,
  };
}

function countOf(rows: readonly FleetPlaceReport[], certainty: Certainty): number {
  return rows.filter((row) => row.certainty === certainty).length;
}

function toPlace({ firstSeen, lastSeen, ...row }: FleetRow, since: number | null): FleetPlaceReport {
  const isNew = since === null || firstSeen === null ? null : firstSeen >= since;
  return { ...row, firstSeen: isoTime(firstSeen), lastSeen: isoTime(lastSeen), isNew };
}

function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** The report for a terminal. */
export function fleetText(report: FleetReport): string {
  const { places, placeCount, problems, problemCount } = report;
  const lines = [totalsLine(report), ""];
  for (const place of places) {
    lines.push(`  ${markOf(place)} ${visible(name(place))} (${visible(place.state)})`);
    lines.push(`      ${figures(place).join(", ")}`, "");
  }
  if (placeCount > places.length)
    lines.push(`  ... and ${counted(placeCount - places.length, "more place")}; see --places.`, "");
  for (const problem of problems) lines.push(`  Left out: ${visible(problem)}`);
  if (problemCount > problems.length) lines.push(`  ... and ${counted(problemCount - problems.length, "more file")}.`);
  return `${lines.join("\n").trimEnd()}\n`;
}

/** The report as Markdown: a table for an issue or a job summary. */
export function fleetMarkdown(report: FleetReport): string {
  const head = ["place", "state", "finding", "hosts", "max", "on", "total", "RMS", "per hour"];
  const rows = report.places.map((place) => [
    `${place.isNew === true ? "new: " : ""}${code(name(place))}`,
    place.state,
    place.rule === null ? "" : `${place.rule} (${place.certainty})`,
    count(place.hosts),
    count(place.max),
    code(place.maxHost),
    count(place.total),
    place.rms.toFixed(1),
    place.perHour === null ? "" : signed(place.perHour),
  ]);
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`);
  return `${totalsLine(report)}\n\n${lines.join("\n")}\n`;
}

function markOf({ certainty, isNew }: FleetPlaceReport): string {
  const marks = { proven: "✗", strong: "!", suspect: "?" } as const;
  return `${certainty === null ? " " : marks[certainty]}${isNew === true ? " new:" : ""}`;
}

function figures({ hosts, max, maxHost, total, rms, perHour, rule, certainty }: FleetPlaceReport): string[] {
  return [
    hostCount(hosts),
    `most ${count(max)} on ${visible(maxHost)}`,
    `${count(total)} in all`,
    `RMS ${rms.toFixed(1)}`,
    ...(perHour === null ? [] : [`${signed(perHour)} an hour`]),
    ...(rule === null ? [] : [`${rule} (${certainty})`]),
  ];
}

function name({ function: called, file, line }: FleetPlaceReport): string {
  return file === null ? called : `${called} ${file}:${line ?? 0}`;
}

function totalsLine({ dumps, hosts, goroutines }: FleetReport): string {
  return `${counted(dumps, "dump")} of ${hostCount(hosts)}, ${counted(goroutines, "goroutine")}`;
}

function hostCount(hosts: number): string {
  return counted(hosts, "host");
}

function counted(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? "" : "s"}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(1)}`;
}

/** Text of a dump is no markup: it stands in code, in which a backtick cannot. */
function code(text: string): string {
  return `\`${visible(text).replaceAll("`", "'")}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

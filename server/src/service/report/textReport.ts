import { nothingFound } from "./nothingFound.ts";
import { driftNote, pathOfLine } from "./placeToday.ts";
import type { Certainty } from "../../core/analysis/certainty.ts";
import { append, take } from "../../core/lists.ts";
import { visible } from "../../core/text/visible.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import type { ComparedGroupReport, FindingReport, FrameReport, GroupReport } from "../../output/report.ts";
import type { LazyComparisonReport, LazyDumpReport, LazyReport } from "./lazyReport.ts";

const COVERAGE = {
  crash: "Crash: what is not shown proves little.",
  excerpt: "Excerpt: what is not shown proves nothing.",
} as const;

const MARKS = { proven: "✗", strong: "!", suspect: "?" } as const;

/** Makes headings and certainties stand out; gives its text as it is where nothing can be shown but text. */
export type Style = (part: "heading" | Certainty, text: string) => string;

/** How a report reads in a terminal. */
export interface TextOptions {
  /** How many stacks are listed at most. */
  readonly groups: number;
  readonly style: Style;
}

/** How a report reads in a terminal: findings first, then the groups. */
export function textReport(report: LazyReport, options: TextOptions): string {
  if (report.dumps.length === 0) return "No goroutine dump found.\n";
  if (report.comparison === null) return report.dumps.map((dump) => dumpText(dump, options)).join("\n");
  return comparisonText(report.dumps, report.comparison, options);
}

/** A series reads as a table of counts, the largest growth on top, and what the last dump shows. */
function comparisonText(
  dumps: readonly LazyDumpReport[],
  comparison: LazyComparisonReport,
  { groups: limit, style }: TextOptions,
): string {
  const lines = dumps.map((dump, index) => `  [${index + 1}] ${style("heading", headline(dump))}`);
  lines.push("");
  for (const finding of dumps.at(-1)?.findings ?? []) append(lines, [...findingLines(finding, style), ""]);
  const changed = [...comparison.groups].filter(({ change }) => change !== "same");
  for (const group of changed.slice(0, limit)) append(lines, [...changeLines(group), ""]);
  const left = changed.length - limit;
  if (left > 0) lines.push(`  ... and ${left} more; --format json lists them all.`, "");
  if (changed.length === 0) lines.push("  No stack has more or fewer goroutines than before.", "");
  return `${lines.join("\n").trimEnd()}\n`;
}

function changeLines(group: ComparedGroupReport): string[] {
  const rate =
    group.perMinute === null ? "" : `, ${group.perMinute > 0 ? "+" : ""}${group.perMinute.toFixed(1)} a minute`;
  const counts = group.counts.join(" -> ");
  return [`  ${group.change}: ${counts}${rate}`, ...groupLines(group)];
}

function dumpText(dump: LazyDumpReport, { groups: limit, style }: TextOptions): string {
  const lines = [style("heading", headline(dump)), ...coverageLines(dump), ...sourceLines(dump), ""];
  const before = lines.length;
  for (const finding of dump.findings) append(lines, [...findingLines(finding, style), ""]);
  if (lines.length === before) lines.push(`  ${nothingFound({ shown: shownOf(dump), total: dump.goroutines })}`, "");
  for (const group of take(dump.groups, limit)) append(lines, [...groupLines(group), ""]);
  const left = dump.groups.length - limit;
  if (left > 0) lines.push(`  ... and ${left} more groups; --format json lists them all.`, "");
  for (const note of dump.notes) lines.push(`  Note (line ${note.line}): ${visible(note.message)}`);
  return `${lines.join("\n").trimEnd()}\n`;
}

function headline(dump: LazyDumpReport): string {
  const version = dump.goVersion === null ? "" : `, ${dump.goVersion}`;
  const shown = shownOf(dump);
  const of = shown === dump.goroutines ? "" : `${shown} of `;
  const count = `${of}${dump.goroutines === 1 ? "1 goroutine" : `${dump.goroutines} goroutines`}`;
  const stacks = dump.groups.length === 1 ? "1 group" : `${dump.groups.length} groups`;
  return `${visible(dump.file)}:${dump.startLine}: ${count} in ${stacks} (${dump.form}${version})`;
}

/** Goroutines that the filter lets through. */
function shownOf({ states }: LazyDumpReport): number {
  return Object.values(states).reduce((sum, count) => sum + count, 0);
}

/** What a dump does not show proves nothing: said where it is not whole. */
function coverageLines({ coverage }: LazyDumpReport): string[] {
  return coverage.kind === "whole" ? [] : [`  ${COVERAGE[coverage.kind]} ${visible(coverage.reason)}`];
}

/** Which source is read, where it is not today's, and what brings that which is not here. */
function sourceLines({ revisions = [], missingSources = [] }: LazyDumpReport): string[] {
  const read = revisions.map(({ message, repository }) => `Source in ${repository}: ${message}`);
  const missing = missingSources.flatMap(({ command, frames }) =>
    command === null
      ? []
      : [`Source of ${frames === 1 ? "1 frame" : `${frames} frames`} is not here; to get it: ${command}`],
  );
  const left = missing.length - MISSING;
  const more = left > 0 ? [`... and ${left} more sources that are not here; --format json lists them all.`] : [];
  return [...read, ...missing.slice(0, MISSING), ...more].map((line) => `  ${visible(line)}`);
}

function findingLines(finding: FindingReport, style: Style): string[] {
  const { certainty } = finding;
  const place = finding.file === null ? "" : ` at ${placeText(finding)}`;
  return [
    `  ${style(certainty, `${MARKS[certainty]} ${certainty}`)}: ${visible(finding.title)}`,
    `    ${finding.rule}${place}`,
    `    ${visible(finding.message)}`,
    ...finding.evidence.map((sentence) => `    - ${visible(sentence)}`),
  ];
}

function groupLines(group: GroupReport): string[] {
  const wait = group.waitMinutes === null ? "" : `, at least ${waitText(group.waitMinutes)}`;
  const ids = group.goroutineIds.length === 0 ? "" : `  ${idText(group)}`;
  const labels = Object.entries(group.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const creator = group.createdBy === null ? [] : [`      created by ${frameText(group.createdBy)}`];
  return [
    visible(`  ${group.count} × ${group.state}${wait}${ids}${labels.length > 0 ? `  {${labels.join(", ")}}` : ""}`),
    ...frameLines(group.frames),
    ...creator,
  ];
}

/** Sources that are not here of which the command is listed. */
const MISSING = 3;
/** Frames of one stack that are listed: Go itself prints no more than a hundred. */
const FRAMES = 100;

/** The frames of a stack; one that calls itself again and again is one line. */
function frameLines(frames: readonly FrameReport[]): string[] {
  const lines: string[] = [];
  let at = 0;
  while (at < frames.length && lines.length < FRAMES) {
    const frame = frames[at]!;
    const first = at++;
    while (at < frames.length && isSameFrame(frames[at]!, frame)) at++;
    const times = at - first > 1 ? `  (${at - first} times)` : "";
    lines.push(`    ${isUserFrame(frame) ? "> " : "  "}${frameText(frame)}${times}`);
  }
  if (at < frames.length) lines.push(`      ... and ${frames.length - at} more frames; --format json lists them all.`);
  return lines;
}

function isSameFrame(left: FrameReport, right: FrameReport): boolean {
  return left.function === right.function && left.file === right.file && left.line === right.line;
}

function waitText({ min, max }: { readonly min: number; readonly max: number }): string {
  return min === max ? `${min} min` : `${min} to ${max} min`;
}

function idText({ goroutineIds, count }: GroupReport): string {
  const ids = `${goroutineIds.join(", ")}${goroutineIds.length < count ? ", ..." : ""}`;
  return `${count === 1 ? "goroutine" : "goroutines"} ${ids}`;
}

function frameText(frame: FrameReport): string {
  return `${visible(frame.function)}${frame.file === null ? "" : `  ${placeText(frame)}`}`;
}

function placeText(frame: Omit<FrameReport, "function">): string {
  return visible(`${pathOfLine(frame) ?? frame.file}:${frame.line}${driftNote(frame)}`);
}

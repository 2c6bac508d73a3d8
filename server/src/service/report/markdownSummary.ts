import { driftNote, pathOfLine } from "./placeToday.ts";
import { take } from "../../core/lists.ts";
import { shortFunctionName } from "../../core/names/functionName.ts";
import { clip } from "../../core/text/visible.ts";
import { titleFrame } from "../document/describe.ts";
import { MARKDOWN_GROUPS, markdownDump, type MarkdownDump, type MarkdownGroup, markdownTable } from "./markdownDump.ts";
import type { FindingReport, FrameReport, GroupReport } from "../../output/report.ts";
import type { LazyComparisonReport, LazyDumpReport, LazyReport } from "./lazyReport.ts";

/** UTF-16 units of the summary: GitHub refuses one of more than a megabyte, and a unit may take three bytes. */
const LENGTH = 300_000;
const [FINDINGS, EVIDENCE, STATES, FRAMES, CHANGES] = [50, 20, 30, 30, 20];
const TEXT_LIMIT = 500;

/**
 * The report as Markdown for people to read, e.g. in the summary of a job. What it leaves out it says.
 * @param pathOf a path as the repository names it
 */
export function markdownSummary(report: LazyReport, pathOf: (path: string) => string): string {
  let text = "";
  for (const block of blocksOf(report, pathOf)) {
    if (text.length + block.length > LENGTH) {
      return `${text}The summary ends here, at its limit of ${LENGTH} characters; --format json has all.\n`;
    }
    text += `${block}\n\n`;
  }
  return `${text.trimEnd()}\n`;
}

function* blocksOf({ dumps, comparison }: LazyReport, pathOf: (path: string) => string): Generator<string> {
  if (dumps.length === 0) yield "No goroutine dump found.";
  if (comparison !== null) yield* changeBlocks(dumps, comparison, pathOf);
  for (const dump of dumps) yield* markdownDump(dumpOf(dump, pathOf));
}

function* changeBlocks(
  dumps: readonly LazyDumpReport[],
  { groups }: LazyComparisonReport,
  pathOf: (path: string) => string,
): Generator<string> {
  const changed = [...groups].filter(({ change }) => change !== "same");
  yield "## Changes";
  if (changed.length === 0) return yield "No stack has more or fewer goroutines than before.";
  const rows = changed.slice(0, CHANGES).map((group) => {
    const named = titleFrame(group);
    const title = named === null ? "no stack" : `${named.function} ${placeOf(named, pathOf)}`;
    return [`${group.change}: ${clip(title, TEXT_LIMIT)}`, ...group.counts.map(String)];
  });
  yield markdownTable(["Stack", ...dumps.map(({ file }) => nameOf(file))], rows);
  if (changed.length > CHANGES) yield `... and ${changed.length - CHANGES} more stacks.`;
}

function dumpOf(dump: LazyDumpReport, pathOf: (path: string) => string): MarkdownDump {
  const { file, goroutines, states, groups, notes } = dump;
  const findings = [...dump.findings];
  const counts = Object.entries(states).map(([state, count]) => ({ state: clip(state, TEXT_LIMIT), count }));
  return {
    name: nameOf(file),
    total: goroutines,
    shown: counts.reduce((sum, { count }) => sum + count, 0),
    stacks: groups.length,
    goVersion: dump.goVersion,
    remarks: [
      ...(dump.coverage.kind === "whole" ? [] : [dump.coverage.reason]),
      ...notes.map(({ line, message }) => `Line ${line}: ${clip(message, TEXT_LIMIT)}`),
    ],
    findings: findings.slice(0, FINDINGS).map((finding) => findingOf(finding, pathOf)),
    moreFindings: Math.max(0, findings.length - FINDINGS),
    states: counts.sort((left, right) => right.count - left.count).slice(0, STATES),
    groups: [...take(groups, MARKDOWN_GROUPS)].map((group) => groupOf(group, pathOf)),
    moreGroups: Math.max(0, groups.length - MARKDOWN_GROUPS),
  };
}

function findingOf(finding: FindingReport, pathOf: (path: string) => string): MarkdownDump["findings"][number] {
  const { certainty, title, message, evidence } = finding;
  return {
    certainty,
    title,
    message: clip(message, TEXT_LIMIT),
    evidence: evidence.slice(0, EVIDENCE).map((sentence) => clip(sentence, TEXT_LIMIT)),
    place: finding.file === null ? null : placeOf(finding, pathOf),
  };
}

function groupOf(group: GroupReport, pathOf: (path: string) => string): MarkdownGroup {
  const { count, state, waitMinutes, frames } = group;
  const named = titleFrame(group);
  return {
    title: named === null ? "no stack" : clip(shortFunctionName(named.function), TEXT_LIMIT),
    count,
    state: clip(state, TEXT_LIMIT),
    waitMinutes,
    calls: frames.slice(0, FRAMES).map((frame) => ({
      function: clip(frame.function, TEXT_LIMIT),
      place: placeOf(frame, pathOf),
    })),
    moreCalls: Math.max(0, frames.length - FRAMES),
  };
}

function placeOf(frame: Omit<FrameReport, "function">, pathOf: (path: string) => string): string {
  const { file, line } = frame;
  const found = pathOfLine(frame);
  const path = found === null ? (file ?? "") : pathOf(found);
  return clip(line === null ? path : `${path}:${line}${driftNote(frame)}`, TEXT_LIMIT);
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

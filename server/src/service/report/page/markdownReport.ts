import type { DumpReportPage, FrameColumns, ReportFinding, ReportGroup } from "../../../protocol/index.ts";
import {
  MARKDOWN_GROUPS,
  markdownDump,
  type MarkdownDump,
  type MarkdownFinding,
  type MarkdownGroup,
} from "../markdownDump.ts";

/** The report as Markdown, for an issue or a chat. */
export function markdownReport(page: DumpReportPage): string {
  return `${[...markdownDump(dumpOf(page))].join("\n\n")}\n`;
}

function dumpOf(page: DumpReportPage): MarkdownDump {
  const { name, total, shown, stacks, goVersion, findings, states, groups, frames } = page;
  const listed = groups.items.slice(0, MARKDOWN_GROUPS);
  return {
    name,
    total,
    shown,
    stacks,
    goVersion,
    remarks: [],
    findings: findings.items.map((finding) => findingOf(frames, finding)),
    moreFindings: findings.more,
    states: states.items,
    groups: listed.map((group) => groupOf(frames, group)),
    moreGroups: groups.items.length + groups.more - listed.length,
  };
}

function findingOf(columns: FrameColumns, { frame, ...finding }: ReportFinding): MarkdownFinding {
  return { ...finding, place: frame === null ? null : placeOf(columns, frame) };
}

function groupOf(columns: FrameColumns, { frames, moreFrames, ...group }: ReportGroup): MarkdownGroup {
  const calls = frames.map((frame) => ({ function: functionOf(columns, frame), place: placeOf(columns, frame) }));
  return { ...group, calls, moreCalls: moreFrames };
}

function functionOf(columns: FrameColumns, frame: number): string {
  const path = columns.packages[columns.package[frame] ?? -1] ?? "";
  const name = columns.names[columns.name[frame] ?? -1] ?? "";
  return path === "" ? name : `${path}.${name}`;
}

function placeOf(columns: FrameColumns, frame: number): string {
  const file = columns.files[columns.file[frame] ?? -1];
  const line = columns.line[frame] ?? 0;
  return file === undefined ? functionOf(columns, frame) : line === 0 ? file : `${file}:${line}`;
}

import type { DumpReportPage, FrameRef, ReportFinding, ReportGroup } from "../../../server/src/protocol/index.ts";
import { frameRefOf } from "./report/frames.ts";

/** What other extensions are told of a dump: the report's findings and groups, with their frames in place. */
export function apiDump({ index, dumps, form, goVersion, time, total, shown, ...page }: DumpReportPage) {
  const frame = (number: number | null): FrameRef | null =>
    number === null ? null : (frameRefOf(page.frames, number) ?? null);
  return {
    index,
    dumps,
    form,
    goVersion,
    time,
    total,
    shown,
    findings: { more: page.findings.more, items: page.findings.items.map((finding) => apiFinding(finding, frame)) },
    groups: { more: page.groups.more, items: page.groups.items.map((group) => apiGroup(group, frame)) },
  };
}

function apiFinding(finding: ReportFinding, frame: (number: number | null) => FrameRef | null) {
  return { ...finding, frame: frame(finding.frame) };
}

function apiGroup(
  { title, count, state, waitMinutes, frames, moreFrames, createdBy, line, finding }: ReportGroup,
  frame: (number: number | null) => FrameRef | null,
) {
  return {
    title,
    count,
    state,
    waitMinutes,
    frames: frames.flatMap((number) => frame(number) ?? []),
    moreFrames,
    createdBy: frame(createdBy),
    line,
    finding,
  };
}

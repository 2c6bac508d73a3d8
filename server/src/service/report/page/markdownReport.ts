import { grouped } from "../../../core/analysis/wording.ts";
import type { BoundedList, DumpReportPage, FrameColumns, ReportFinding, ReportGroup } from "../../../protocol/index.ts";

/** Groups whose stacks are printed: enough for an issue. */
const GROUPS = 10;

/** The report as Markdown, for an issue or a chat. What quotes the dump stands in code or is escaped. */
export function markdownReport(page: DumpReportPage): string {
  const { name, total, shown, stacks, goVersion, findings } = page;
  const count = shown === total ? grouped(total) : `${grouped(shown)} of ${grouped(total)}`;
  const totals = [
    `${count} goroutines`,
    `${grouped(stacks)} distinct stacks`,
    ...(goVersion === null ? [] : [goVersion]),
  ];
  return [
    `## Goroutines of ${escapeMarkdown(name)}`,
    "",
    escapeMarkdown(totals.join(" · ")),
    "",
    "### Findings",
    "",
    ...(findings.items.length === 0 ? ["Nothing looks leaked, stuck or deadlocked.", ""] : []),
    ...findings.items.flatMap((finding) => findingLines(page.frames, finding)),
    ...moreLine(findings, "findings"),
    "### States",
    "",
    "| State | Goroutines |",
    "|---|---:|",
    ...page.states.items.map((state) => `| ${escapeMarkdown(state.state)} | ${grouped(state.count)} |`),
    "",
    "### Largest groups",
    "",
    ...page.groups.items.slice(0, GROUPS).flatMap((group) => groupLines(page.frames, group)),
    ...moreLine({ items: [], more: page.groups.items.length + page.groups.more - GROUPS }, "groups"),
  ].join("\n");
}

function findingLines(frames: FrameColumns, { certainty, title, message, evidence, frame }: ReportFinding): string[] {
  const place = frame === null ? [] : [`- at \`${codeText(placeOf(frames, frame))}\``];
  return [
    `#### ${escapeMarkdown(title)} (${certainty})`,
    "",
    escapeMarkdown(message),
    "",
    ...evidence.map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ...place,
    "",
  ];
}

function groupLines(
  columns: FrameColumns,
  { title, count, state, waitMinutes, frames, moreFrames }: ReportGroup,
): string[] {
  const waited = waitMinutes === null ? "" : `, at least ${waitMinutes.max} min`;
  const calls = frames.flatMap((frame) => [functionOf(columns, frame), `    ${placeOf(columns, frame)}`]);
  const fence = "`".repeat(longestRun(calls) + 3);
  return [
    `<details><summary>${escapeMarkdown(`${grouped(count)} × ${title} [${state}${waited}]`)}</summary>`,
    "",
    fence,
    ...calls.map(oneLine),
    ...(moreFrames > 0 ? [`... ${moreFrames} more frames`] : []),
    fence,
    "",
    "</details>",
    "",
  ];
}

function moreLine({ more }: BoundedList<unknown>, what: string): string[] {
  return more > 0 ? [`... and ${grouped(more)} more ${what}.`, ""] : [];
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

/** How many backticks stand one behind the other, at most, where a line could end a block of code. */
function longestRun(lines: readonly string[]): number {
  let longest = 0;
  for (const line of lines) for (const [run] of line.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

function codeText(text: string): string {
  return oneLine(text).replaceAll("`", "'");
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}

/** Every character that Markdown or HTML give a meaning. */
function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]()#+!|<>~&@]/g, (character) =>
    character === "<" ? "&lt;" : character === ">" ? "&gt;" : character === "&" ? "&amp;" : `\\${character}`,
  );
}

import { nothingFound } from "./nothingFound.ts";
import { goroutines, grouped } from "../../core/analysis/wording.ts";
import type { Certainty } from "../../core/analysis/certainty.ts";
import { english } from "../../core/text/say.ts";
import { markdownBlock, markdownHtml, markdownInline } from "../base/richText.ts";

/** Groups whose stacks are printed: enough for an issue. */
export const MARKDOWN_GROUPS = 10;

/** What of a dump is printed as Markdown. All strings are plain, and may quote the dump. */
export interface MarkdownDump {
  readonly name: string;
  /** Goroutines of the dump, and those that a filter lets through. */
  readonly total: number;
  readonly shown: number;
  readonly stacks: number;
  readonly goVersion: string | null;
  /** Sentences about the dump as a whole. */
  readonly remarks: readonly string[];
  readonly findings: readonly MarkdownFinding[];
  /** Findings left out. */
  readonly moreFindings: number;
  /** Most goroutines first. */
  readonly states: readonly { readonly state: string; readonly count: number }[];
  /** The largest, at most {@link MARKDOWN_GROUPS}. */
  readonly groups: readonly MarkdownGroup[];
  /** Groups left out. */
  readonly moreGroups: number;
}

export interface MarkdownFinding {
  readonly certainty: Certainty;
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly string[];
  /** `client.go:199`; null: nobody is blamed. */
  readonly place: string | null;
}

export interface MarkdownGroup {
  readonly title: string;
  readonly count: number;
  readonly state: string;
  readonly waitMinutes: { readonly max: number } | null;
  /** Innermost first; bounded. */
  readonly calls: readonly { readonly function: string; readonly place: string }[];
  readonly moreCalls: number;
}

/** A dump as Markdown: blocks each of which stands for itself, to be parted by an empty line. */
export function* markdownDump(dump: MarkdownDump): Generator<string> {
  yield `## ${markdownInline(`Goroutines of ${dump.name}`)}`;
  yield markdownInline(totals(dump));
  for (const remark of dump.remarks) yield markdownInline(remark);
  yield "### Findings";
  if (dump.findings.length === 0) yield nothingFound(dump);
  for (const finding of dump.findings) yield findingBlock(finding);
  yield* moreBlock(dump.moreFindings, "findings");
  yield "### States";
  yield markdownTable(
    ["State", "Goroutines"],
    dump.states.map(({ state, count }) => [state, grouped(count)]),
  );
  yield "### Largest groups";
  for (const group of dump.groups) yield groupBlock(group);
  yield* moreBlock(dump.moreGroups, "groups");
}

/** A table of plain texts. Columns but the first stand at the right: they are numbers. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head.map(markdownInline), rule, ...rows.map((cells) => cells.map(markdownInline))]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function totals({ total, shown, stacks, goVersion }: MarkdownDump): string {
  const count = `${shown === total ? "" : `${grouped(shown)} of `}${english(goroutines(total))}`;
  return [count, `distinct stacks: ${grouped(stacks)}`, ...(goVersion === null ? [] : [goVersion])].join(" · ");
}

function findingBlock({ certainty, title, message, evidence, place }: MarkdownFinding): string {
  const items = evidence.map((sentence) => [sentence]);
  const list = markdownBlock({
    kind: "list",
    items: place === null ? items : [...items, ["at ", { code: place }]],
  });
  return [`#### ${markdownInline(`${title} (${certainty})`)}`, markdownInline(message), list].join("\n\n");
}

function groupBlock({ title, count, state, waitMinutes, calls, moreCalls }: MarkdownGroup): string {
  const waited = waitMinutes === null ? "" : `, at least ${waitMinutes.max} min`;
  const lines = calls.flatMap((call) => [call.function, `    ${call.place}`].map(oneLine));
  if (moreCalls > 0) lines.push(`... ${grouped(moreCalls)} more frames`);
  return [
    `<details><summary><code>${markdownHtml(`${grouped(count)} × ${title} [${state}${waited}]`)}</code></summary>`,
    markdownBlock({ kind: "code", language: "", text: lines.join("\n") }),
    "</details>",
  ].join("\n\n");
}

function* moreBlock(more: number, what: string): Generator<string> {
  if (more > 0) yield `... and ${grouped(more)} more ${what}.`;
}

/** A name may hold line ends: only the lines of the block are its own. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}

import type { Certainty } from "../../core/analysis/certainty.ts";
import { visible, visibleLines } from "../../core/text/visible.ts";
import type { FindingReport } from "../../output/report.ts";
import { lineToday } from "./placeToday.ts";
import type { LazyDumpReport, LazyReport } from "./lazyReport.ts";

const LEVELS = { proven: "error", strong: "warning", suspect: "notice" } as const;

/** Annotations that GitHub shows of each level for one step: of more, it shows the first. */
const SHOWN = 10;
/** Sentences of evidence that an annotation has, and UTF-16 units of each. */
const [EVIDENCE, SENTENCE] = [20, 500];

/** A finding and the dump it is in. */
interface Placed {
  readonly dump: LazyDumpReport;
  readonly finding: FindingReport;
}

/**
 * The findings as annotations of a GitHub workflow: commands that its runner reads from a step's output, one a line. They
 * stand at source places where those were resolved and are there today, else in the dump. Of findings that are too many for GitHub the last
 * annotation says how many there are.
 * @param pathOf a path as the repository names it
 */
export function githubReport(report: LazyReport, pathOf: (path: string) => string): string {
  const all = report.dumps.flatMap((dump) => [...dump.findings].map((finding) => ({ dump, finding })));
  return (["proven", "strong", "suspect"] as const)
    .flatMap((certainty) => annotations(certainty, all, pathOf))
    .map((line) => `${line}\n`)
    .join("");
}

function annotations(certainty: Certainty, all: readonly Placed[], pathOf: (path: string) => string): string[] {
  const placed = all.filter(({ finding }) => finding.certainty === certainty);
  const shown = placed.length > SHOWN ? placed.slice(0, SHOWN - 1) : placed;
  const left = placed.length - shown.length;
  const lines = shown.map((one) => annotation(one, pathOf));
  if (left === 0) return lines;
  const rest = `GitHub shows ${SHOWN} annotations of a kind for each step. --format markdown or json lists all findings.`;
  return [...lines, command(certainty, { title: `... and ${left} more ${certainty} findings` }, rest)];
}

function annotation({ dump, finding }: Placed, pathOf: (path: string) => string): string {
  const { certainty, title, message, evidence } = finding;
  const sentences = [message, ...evidence.slice(0, EVIDENCE).map((sentence) => `- ${sentence}`)];
  const text = sentences.map((sentence) => visible(sentence, SENTENCE)).join("\n");
  return command(certainty, { ...placeOf(dump, finding, pathOf), title: `${visible(title)} (${certainty})` }, text);
}

/** Standard input is no file: what is found in it stands nowhere. */
function placeOf(dump: LazyDumpReport, finding: FindingReport, pathOf: (path: string) => string) {
  const { resolved, dumpLine } = finding;
  const line = lineToday(finding);
  if (resolved !== null && line !== null) return { file: pathOf(resolved), line };
  return dump.file === "-" ? {} : { file: pathOf(dump.file), line: dumpLine };
}

/** `::warning file=a.go,line=7,title=...::message`, as GitHub's `@actions/core` writes it. */
function command(
  certainty: Certainty,
  properties: { readonly file?: string; readonly line?: number; readonly title: string },
  message: string,
): string {
  const parts = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${LEVELS[certainty]} ${parts.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A path may hold any character. GitHub knows no escapes but these: others that steer a terminal are shown. */
function escapeProperty(text: string): string {
  return visibleLines(escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C"));
}

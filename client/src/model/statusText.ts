import type { Summary } from "../../../server/src/protocol/index.ts";
import type { Localizer } from "./localizer.ts";
import { withoutIcons } from "./withoutIcons.ts";

/** The status bar item of a document. */
export interface StatusText {
  /** With a codicon in front. */
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly speech: string;
}

/** The file the totals are of. */
export interface ShownFile {
  readonly name: string;
  /** False: another editor is in front, so the item names the file. */
  readonly isInFront: boolean;
}

/** Totals for the status bar; undefined for a document that holds no dump. */
export function statusText(summary: Summary, file: ShownFile, l10n: Localizer): StatusText | undefined {
  if (!summary.isDump) {
    return undefined;
  }
  const { proven, strong, suspect } = summary.findings;
  const goroutines = count(summary.goroutines, l10n.t("1 goroutine"), (n) => l10n.t("{0} goroutines", n));
  const findings = count(proven + strong + suspect, l10n.t("1 finding"), (n) => l10n.t("{0} findings", n));
  const icon = proven > 0 ? "$(error)" : strong > 0 ? "$(warning)" : "$(pulse)";
  const found = proven + strong + suspect > 0 ? `${goroutines}, ${findings}` : goroutines;
  const totals = summary.coverage?.kind === "excerpt" ? l10n.t("{0} (excerpt)", found) : found;
  const name = withoutIcons(file.name);
  const lines = [
    file.name,
    goroutines,
    count(summary.groups, l10n.t("1 stack"), (n) => l10n.t("{0} stacks", n)),
    ...(summary.dumps > 1 ? [l10n.t("{0} dumps", grouped(summary.dumps))] : []),
    l10n.t("Findings: {0} proven, {1} strong, {2} suspect", proven, strong, suspect),
    ...(summary.coverage === null ? [] : [summary.coverage.text]),
  ];
  return {
    text: file.isInFront ? `${icon} ${totals}` : `${icon} ${name}: ${totals}`,
    tooltip: lines.join("\n"),
    speech: l10n.t("Goroutine dump: {0}", lines.join(", ")),
  };
}

function count(n: number, one: string, many: (n: string) => string): string {
  return n === 1 ? one : many(grouped(n));
}

/** Thousands apart: 1,000,000. */
function grouped(n: number): string {
  return n.toLocaleString("en-US");
}

import type { DumpReportPage, ReportFinding } from "../../../../server/src/protocol/index.ts";
import { certaintyText } from "../../model/certaintyText.ts";
import { element } from "../elements.ts";
import { moreText } from "./overviewSection.ts";
import type { PageHost } from "./pageHost.ts";
import { section } from "./section.ts";
import { formatCount, goroutines, l10n } from "./words.ts";

/** Findings and evidence that are shown at once; the rest unfolds: the pictures are below them. */
const UNFOLDED = { findings: 10, evidence: 3 } as const;

/** What is wrong, a card each, surest first. */
export function findingsSection(page: DumpReportPage, host: PageHost): HTMLElement {
  const { findings } = page;
  const content =
    findings.items.length === 0
      ? [element("p", "good", [l10n.t("Nothing looks leaked, stuck or deadlocked.")])]
      : unfolding(
          findings.items.map((finding) => card(page, host, finding)),
          UNFOLDED.findings,
          (cards) => cards,
        );
  return section("findings", l10n.t("Findings"), [
    ...content,
    ...moreText(findings, (more) => l10n.t("Findings left out: {0}", formatCount(more))),
  ]);
}

function card(page: DumpReportPage, host: PageHost, finding: ReportFinding): HTMLElement {
  const { certainty, title, message, evidence, count, frame, line } = finding;
  const badge = element("span", `badge ${certainty}`, [certaintyText(certainty, l10n)]);
  const head = element("h3", "", [badge, " ", title]);
  const text = message === title ? [] : [element("p", "", [message])];
  const places = element("p", "places", [goroutines(count), " · ", element("code", "", [finding.rule])]);
  if (frame !== null) places.append(" · ", host.frameLink(page, frame));
  if (line !== null) places.append(" · ", host.lineLink(line));
  return element("article", `card ${certainty}`, [head, ...text, ...evidenceList(evidence), places]);
}

function evidenceList(evidence: readonly string[]): HTMLElement[] {
  return unfolding(evidence, UNFOLDED.evidence, (items) => [
    element(
      "ul",
      "",
      items.map((item) => element("li", "", [item])),
    ),
  ]);
}

/** The first ones, and behind a click the others. */
function unfolding<T>(items: readonly T[], first: number, show: (items: readonly T[]) => readonly HTMLElement[]) {
  const rest = items.slice(first);
  if (rest.length === 0) return [...show(items)];
  const summary = element("summary", "", [l10n.t("{0} more", formatCount(rest.length))]);
  return [...show(items.slice(0, first)), element("details", "", [summary, ...show(rest)])];
}

import type { DumpReportPage, ReportFinding } from "../../../../server/src/protocol/index.ts";
import { certaintyText } from "../../model/certaintyText.ts";
import { element } from "../elements.ts";
import { moreText } from "./overviewSection.ts";
import type { PageHost } from "./pageHost.ts";
import { section } from "./section.ts";
import { formatCount, goroutines, l10n } from "./words.ts";

/** Evidence that is shown at once; the rest unfolds. */
const UNFOLDED = 3;

/** What is wrong, a card each, surest first. */
export function findingsSection(page: DumpReportPage, host: PageHost): HTMLElement {
  const { findings } = page;
  const content =
    findings.items.length === 0
      ? [element("p", "good", [l10n.t("Nothing looks leaked, stuck or deadlocked.")])]
      : findings.items.map((finding) => card(page, host, finding));
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
  const first = list(evidence.slice(0, UNFOLDED));
  const rest = evidence.slice(UNFOLDED);
  if (rest.length === 0) return [first];
  const summary = element("summary", "", [l10n.t("{0} more", rest.length)]);
  return [first, element("details", "", [summary, list(rest)])];
}

function list(items: readonly string[]): HTMLElement {
  return element(
    "ul",
    "",
    items.map((item) => element("li", "", [item])),
  );
}

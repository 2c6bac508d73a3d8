import { coverageOf, coverageSentence } from "../../core/analysis/coverage.ts";
import type { Dump } from "../../core/model/dump.ts";
import { words } from "../base/words.ts";
import type { Certainty } from "../../core/analysis/certainty.ts";
import type { Summary } from "../../protocol/index.ts";
import type { TextFindings } from "../findings/analyses.ts";
import type { OpenText } from "../document/openText.ts";
import { visible } from "../../core/text/visible.ts";

/** Surest first. */
const CERTAINTIES: readonly Certainty[] = ["proven", "strong", "suspect"];

/** The summary of a document that holds no dump. */
export const NO_DUMP: Summary = {
  dumps: 0,
  goroutines: 0,
  groups: 0,
  findings: { proven: 0, strong: 0, suspect: 0 },
  worst: null,
  coverage: null,
  isDump: false,
};

/** The totals of all dumps of a document. */
export function summary({ uri, dumps, ranges }: OpenText, byDump: TextFindings): Summary {
  const findings = byDump.flatMap(({ findings: shown }) => shown);
  const worst = CERTAINTIES.map((certainty) => findings.find((finding) => finding.certainty === certainty)).find(
    (finding) => finding !== undefined,
  );
  const count = (certainty: Certainty) => findings.filter((finding) => finding.certainty === certainty).length;
  return {
    dumps: dumps.length,
    goroutines: dumps.reduce((sum, { dump }) => sum + dump.total, 0),
    groups: dumps.reduce((sum, { groups }) => sum + groups.groups.length, 0),
    findings: { proven: count("proven"), strong: count("strong"), suspect: count("suspect") },
    worst:
      worst === undefined
        ? null
        : { title: visible(words(worst.title)), place: { uri, range: ranges.lineRange(worst.dumpLine) } },
    coverage: dumps.reduce<Summary["coverage"]>((known, { dump }) => known ?? partOf(dump), null),
    isDump: dumps.length > 0,
  };
}

/** How much a dump shows, when that is not all. */
function partOf(dump: Dump): Summary["coverage"] {
  const coverage = coverageOf(dump);
  const text = coverageSentence(coverage);
  return coverage.kind === "whole" || text === undefined ? null : { kind: coverage.kind, text: visible(words(text)) };
}

import type { Certainty } from "../../core/analysis/certainty.ts";
import type { Summary } from "../../protocol/index.ts";
import type { TextFindings } from "../findings/analyses.ts";
import type { OpenText } from "../document/openText.ts";

/** The summary of a document that holds no dump. */
export const NO_DUMP: Summary = {
  dumps: 0,
  goroutines: 0,
  groups: 0,
  findings: { proven: 0, strong: 0, suspect: 0 },
  isDump: false,
};

/** The totals of all dumps of a document. */
export function summary({ dumps }: OpenText, byDump: TextFindings): Summary {
  const findings = byDump.flatMap(({ findings: shown }) => shown);
  const count = (certainty: Certainty) => findings.filter((finding) => finding.certainty === certainty).length;
  return {
    dumps: dumps.length,
    goroutines: dumps.reduce((sum, { dump }) => sum + dump.total, 0),
    groups: dumps.reduce((sum, { groups }) => sum + groups.groups.length, 0),
    findings: { proven: count("proven"), strong: count("strong"), suspect: count("suspect") },
    isDump: dumps.length > 0,
  };
}

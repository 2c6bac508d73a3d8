import type { Finding } from "../../../core/findings/finding.ts";
import type { ReportFinding } from "../../../protocol/index.ts";
import { clip } from "../../../core/text/visible.ts";
import { words } from "../../base/words.ts";
import type { Filtered } from "./reportedDump.ts";

const [MESSAGE, EVIDENCE, EVIDENCE_ITEMS] = [1000, 500, 20];

export function pageFinding({ source, frames }: Filtered, finding: Finding): ReportFinding {
  const { rule, certainty, title, message, evidence, count, frame, dumpLine } = finding;
  return {
    rule,
    certainty,
    title: words(title),
    message: clip(words(message), MESSAGE),
    evidence: evidence.slice(0, EVIDENCE_ITEMS).map((sentence) => clip(words(sentence), EVIDENCE)),
    count,
    frame: frame === null ? null : frames.of(source.shown, frame),
    line: dumpLine + 1,
  };
}

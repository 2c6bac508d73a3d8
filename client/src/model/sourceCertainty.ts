import type { SourceFinding } from "../../../server/src/protocol/index.ts";

/** From which certainty on findings are shown at the source: the values of a setting. */
export type SourceCertainty = "off" | SourceFinding["certainty"];

const sureness: Readonly<Record<SourceFinding["certainty"], number>> = { suspect: 1, strong: 2, proven: 3 };

/** Whether a finding is shown at the source. */
export function isSureEnough(certainty: SourceFinding["certainty"], wanted: SourceCertainty): boolean {
  return wanted !== "off" && sureness[certainty] >= sureness[wanted];
}

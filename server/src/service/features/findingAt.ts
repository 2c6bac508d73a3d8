import type { Position } from "vscode-languageserver-types";
import type { FindingAtParams, FindingAtResult } from "../../protocol/index.ts";
import type { OpenText } from "../document/openText.ts";
import type { TextFindings } from "../findings/analyses.ts";
import type { StackTree } from "../tree/stackTree.ts";

/** The finding shown at a line, or the next or previous one in the text, around the end; null where there is none. */
export function findingAt(
  text: OpenText,
  tree: StackTree,
  findings: TextFindings,
  position: Position,
  direction: FindingAtParams["direction"],
): FindingAtResult {
  const line = text.ranges.lineAt(position);
  const all = text.dumps
    .flatMap((open) => (findings[open.index]?.findings ?? []).map((finding) => ({ open, finding })))
    .sort((left, right) => left.finding.dumpLine - right.finding.dumpLine);
  const found =
    direction === "here"
      ? all.find(({ finding }) => finding.dumpLine === line)
      : direction === "next"
        ? (all.find(({ finding }) => finding.dumpLine > line) ?? all[0])
        : ([...all].reverse().find(({ finding }) => finding.dumpLine < line) ?? all.at(-1));
  if (found === undefined) return null;
  const { open, finding } = found;
  const range = text.ranges.lineRange(finding.dumpLine);
  const { start } = range;
  return { place: { uri: text.uri, range: { start, end: start } }, path: tree.pathToFinding(open.index, finding) };
}

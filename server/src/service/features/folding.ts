import type { FoldingRange } from "vscode-languageserver-types";
import { at } from "../../core/model/column.ts";
import { Flag } from "../../core/model/dump.ts";
import { readGoroutine } from "../document/textBlock.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import { lastLineOf } from "../document/rowRange.ts";

/** Each goroutine, the stacks of its ancestors within it, and each dump when there are several; the first `limit`. */
export function foldingRanges(text: OpenText, limit: number): FoldingRange[] {
  const folds: FoldingRange[] = [];
  for (const fold of allFolds(text)) {
    if (folds.length >= limit) break;
    if (fold.endLine > fold.startLine) folds.push(fold);
  }
  return folds;
}

function* allFolds(text: OpenText): Generator<FoldingRange> {
  for (const open of text.dumps) {
    const { startLine, endLine, goroutines } = open.dump;
    if (text.dumps.length > 1) yield foldOf(text, startLine, endLine - 1);
    for (let row = 0; row < goroutines.length; row++) {
      const last = lastLineOf(open, row);
      yield foldOf(text, at(goroutines.line, row), last);
      if ((at(goroutines.flags, row) & Flag.ancestors) !== 0) yield* ancestorFolds(text, open, row, last);
    }
  }
}

function* ancestorFolds(text: OpenText, open: OpenDump, row: number, last: number): Generator<FoldingRange> {
  const ancestors = readGoroutine(open, row)?.ancestors ?? [];
  for (const [index, ancestor] of ancestors.entries()) {
    yield foldOf(text, ancestor.line, (ancestors[index + 1]?.line ?? last + 1) - 1);
  }
}

function foldOf({ ranges }: OpenText, first: number, last: number): FoldingRange {
  const { start, end } = ranges.linesRange(first, Math.max(first, last));
  return { startLine: start.line, endLine: end.line };
}

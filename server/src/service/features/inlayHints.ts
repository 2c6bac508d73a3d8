import type { InlayHint, Range } from "vscode-languageserver-types";
import { at } from "../../core/model/column.ts";
import { stackTitle } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import { headerOf } from "../document/rowRange.ts";

/** Hints of one answer: an editor asks for the lines it shows. */
const LIMIT = 1000;

/** Behind each header the name of its stack, and how many goroutines share it: folded, the text is an overview. */
export function inlayHints(text: OpenText, { start, end }: Range): InlayHint[] {
  const [first, last] = [text.ranges.lineAt(start), text.ranges.lineAt(end)];
  const hints: InlayHint[] = [];
  for (const open of text.dumps) {
    const { line, length } = open.dump.goroutines;
    for (let row = firstRowFrom(open, first); row < length && at(line, row) <= last && hints.length < LIMIT; row++) {
      hints.push({ position: headerOf(open, row).end, label: labelOf(open, row), paddingLeft: true });
    }
  }
  return hints;
}

function labelOf(open: OpenDump, row: number): string {
  const { groups, groupOf } = open.groups;
  const { count, stack } = groups[groupOf[row]!]!;
  const title = stackTitle(open.dump, stack);
  return count > 1 ? `${title} ×${count}` : title;
}

/** Row of the first goroutine whose header is on a line or behind it: headers stand in the order of the rows. */
function firstRowFrom({ dump: { goroutines } }: OpenDump, line: number): number {
  let [low, high] = [0, goroutines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(goroutines.line, middle) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

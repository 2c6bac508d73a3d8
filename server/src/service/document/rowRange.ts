import type { Range } from "vscode-languageserver-types";
import { at } from "../../core/model/column.ts";
import type { OpenDump } from "./openDump.ts";

/** The lines of a goroutine, and its header. */
export function rangeOfRow(open: OpenDump, row: number): { range: Range; selectionRange: Range } {
  const line = at(open.dump.goroutines.line, row);
  return {
    range: open.ranges.linesRange(line, lastLineOf(open, row)),
    selectionRange: open.ranges.lineRange(line),
  };
}

/** The header of a goroutine. */
export function headerOf(open: OpenDump, row: number): Range {
  return open.ranges.lineRange(at(open.dump.goroutines.line, row));
}

/** The last line that is not blank before the next goroutine or the end of the dump. */
export function lastLineOf({ dump, ranges }: OpenDump, row: number): number {
  const { line, length } = dump.goroutines;
  const first = at(line, row);
  let last = (row + 1 < length ? at(line, row + 1) : dump.endLine) - 1;
  while (last > first && ranges.isBlank(last)) last--;
  return Math.max(first, last);
}

import type { Position } from "vscode-languageserver-types";
import { at } from "../../core/model/column.ts";
import type { OpenDump } from "./openDump.ts";
import type { OpenText } from "./openText.ts";

/** Where a stack stands in the text: a goroutine's, or one that is no goroutine's own. */
export interface TextSection {
  readonly open: OpenDump;
  /** Row of the goroutine; null for a system stack, or an access in a race report. */
  readonly row: number | null;
  /** Number of the stack. */
  readonly stack: number;
  /** Its first line, 0-based, and the byte it begins at. */
  readonly line: number;
  readonly offset: number;
}

/** The section of a goroutine. */
export function sectionOfRow(open: OpenDump, row: number): TextSection {
  const { stack, line, offset } = open.dump.goroutines;
  return { open, row, stack: at(stack, row), line: at(line, row), offset: at(offset, row) };
}

/** The sections that may hold a place, the likeliest first: where several texts are mixed, dumps overlap. */
export function sectionsAt({ dumps, ranges }: OpenText, position: Position): TextSection[] {
  const line = ranges.lineAt(position);
  const offset = ranges.byteOffsetAt(position);
  return dumps
    .filter(({ dump }) => dump.startLine <= line && line < Math.max(dump.endLine, dump.startLine + 1))
    .map((open) => lastSectionAt(open, line, offset))
    .filter((section) => section !== undefined)
    .sort((left, right) => right.line - left.line);
}

/** Where a section's text ends at the latest: the byte at which the next one begins, or the dump ends. */
export function endOfSection({ open, row, offset }: TextSection): number {
  const { goroutines, endOffset } = open.dump;
  const next = row === null ? lastRowAt(open, offset) + 1 : row + 1;
  const nextRow = next < goroutines.length ? at(goroutines.offset, next) : endOffset;
  const nextLoose = open.looseStacks.find((other) => other.offset > offset)?.offset ?? endOffset;
  return Math.max(offset, Math.min(nextRow, nextLoose));
}

function lastSectionAt(open: OpenDump, line: number, offset: number): TextSection | undefined {
  const row = rowOnLine(open, lastRowAt(open, offset), line);
  const loose = [...open.looseStacks].reverse().find((one) => one.line <= line);
  if (loose !== undefined && (row < 0 || at(open.dump.goroutines.line, row) < loose.line)) {
    return { open, row: null, ...loose };
  }
  return row < 0 ? undefined : sectionOfRow(open, row);
}

/** A place in front of a header, e.g. in a log prefix, belongs to the goroutine whose header the line holds. */
function rowOnLine({ dump: { goroutines } }: OpenDump, row: number, line: number): number {
  const isOn = (one: number) => one >= 0 && one < goroutines.length && at(goroutines.line, one) === line;
  return !isOn(row) && isOn(row + 1) ? row + 1 : row;
}

/** Row of the last goroutine that begins at or before a byte; -1: none. */
function lastRowAt({ dump: { goroutines } }: OpenDump, byteOffset: number): number {
  let [low, high] = [-1, goroutines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(goroutines.offset, middle) <= byteOffset) low = middle;
    else high = middle - 1;
  }
  return low;
}

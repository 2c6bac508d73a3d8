import { type Line, LineMaker, sliceLine } from "../text/line.ts";
import { readCall, readCreatedBy, readLocation } from "../forms/traceback/frameLine.ts";
import type { FieldValue } from "./fields.ts";

const HEADER = /^\s*goroutine \d{1,20} \[[a-zA-Z][^\]\n]{0,400}\]$/;
/** A line of the source below a place; the marked one is that of the place. */
const SOURCE = /^\s*(?:\||>(?: ?\t|\s{2,}|\s*$))/;
const MARK = /^\s*(?:> )?/;

/** Whether a line is a header of a progress report (Ginkgo 2): without a colon. */
export function isProgressHeader(text: string): boolean {
  return HEADER.test(text);
}

/** What a line of a progress report holds of a traceback: calls lose their mark, lines of the source are left out. */
export function progressPart(line: Line): FieldValue | undefined {
  const { text } = line;
  if (isProgressHeader(text)) return { lines: [withColon(line)], endsLine: true };
  if (SOURCE.test(text)) return { lines: [], endsLine: true };
  const start = MARK.exec(text)?.[0].length ?? 0;
  const rest = text.slice(start);
  const isOwn = rest === "" || readCall(rest) !== undefined || readCreatedBy(rest) !== undefined;
  if (isOwn) return { lines: [sliceLine(line, start)], endsLine: true };
  return readLocation(text, false) === undefined ? undefined : { lines: [line], endsLine: true };
}

/** Whether a line may follow such a header: a call. */
export function followsProgressHeader(text: string): boolean {
  return readCall(text.replace(MARK, "")) !== undefined;
}

function withColon(line: Line): Line {
  const { text } = line;
  const maker = new LineMaker(line);
  maker.copy(text.length - text.trimStart().length, text.length);
  maker.add(":", text.length);
  return maker.take(text.length);
}

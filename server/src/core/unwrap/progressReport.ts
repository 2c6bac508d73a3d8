import { type Line, LineMaker, sliceLine } from "../text/line.ts";
import { readCall, readCreatedBy, readLocation } from "../forms/traceback/frameLine.ts";
import type { FoundStart } from "./headerInLine.ts";
import type { FieldValue } from "./fields.ts";

/** Go 1.27 prints labels behind the brackets; the report puts a bracket of its own behind them. */
const HEADER = /^(\s*)goroutine \d{1,20} \[[a-zA-Z][^\]\n]{0,400}\](?: \{[^\n]{0,400}\}(\]))?$/;
/** Columns of one step of indentation (Ginkgo's `formatter`). */
const STEP = 2;
/** The source stands three steps behind its call's mark, a place two. Beyond the places is source, whatever it is. */
const PLACE_STEPS = 2;
/** A line of the source where copies have lost the indentation; the marked one is that of the place. */
const SOURCE = /^\s*(?:\||>(?: ?\t|\s{2,}|\s*$))/;
const MARK = /^\s*(?:> )?/;
const CREATED_BY = "created by ";
/** A function without arguments: the report leaves `created by` out. */
const CREATOR = /^[^\s.]+\.\S+(?: in goroutine \d{1,20})?$/;

/** Columns of blanks before a header of a progress report (Ginkgo 2), which has no colon; undefined: it is none. */
export function progressIndent(text: string): number | undefined {
  return HEADER.exec(text)?.[1]?.length;
}

/**
 * What a line of a progress report whose headers are indented by `indent` holds of a traceback: calls lose their mark,
 * lines of the source are left out, the creator gets its words back.
 */
export function progressPart(line: Line, indent: number): FieldValue | undefined {
  const { text } = line;
  const header = HEADER.exec(text);
  if (header !== null) return header[1]?.length === indent ? whole(withColon(line, header)) : undefined;
  const start = MARK.exec(text)?.[0].length ?? 0;
  if (SOURCE.test(text) || isDeepMark(text, start, indent)) return { lines: [], endsLine: true };
  const rest = text.slice(start);
  if (rest === "" || readCall(rest) !== undefined || readCreatedBy(rest) !== undefined)
    return whole(sliceLine(line, start));
  const place = readLocation(text, false);
  if (place !== undefined) return place.start > indent ? whole(line) : undefined;
  return start === indent + STEP && CREATOR.test(rest) ? whole(asCreator(line, start)) : undefined;
}

/**
 * Where what stands before a report ends, before the beginning that was found in a line: a report is indented by whole
 * steps, a log by a blank or none. Other beginnings are not indented.
 */
export function withoutIndent(text: string, { start, end }: FoundStart): number {
  if (text[end - 1] !== "]") return start;
  const blanks = start - text.slice(0, start).trimEnd().length;
  return start - blanks + (blanks % STEP);
}

/** Whether a line may follow such a header: a call. */
export function followsProgressHeader(text: string): boolean {
  return readCall(text.replace(MARK, "")) !== undefined;
}

function whole(line: Line): FieldValue {
  return { lines: [line], endsLine: true };
}

/** Whether a `>` marks a line of the source and no call: a statement may read like a call. */
function isDeepMark(text: string, start: number, indent: number): boolean {
  return text[start - 2] === ">" && start - STEP > indent + PLACE_STEPS * STEP;
}

function withColon(line: Line, [, indent = "", bracket = ""]: RegExpExecArray): Line {
  const end = line.text.length - bracket.length;
  const maker = new LineMaker(line);
  maker.copy(indent.length, end);
  maker.add(":", end);
  return maker.take(line.text.length);
}

function asCreator(line: Line, start: number): Line {
  const maker = new LineMaker(line);
  for (const character of CREATED_BY) maker.add(character, start);
  maker.copy(start, line.text.length);
  return maker.take(line.text.length);
}

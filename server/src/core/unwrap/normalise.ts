import { asciiBytes, startsWith } from "../text/ascii.ts";
import type { ByteLine } from "../text/byteLine.ts";
import { type Line, LineMaker, sliceLine } from "../text/line.ts";

const LF = 0x0a;
const HASH = 0x23;
const BACKSLASH = 0x5c;
const BACKTICK = 0x60;
const SMALL_T = 0x74;
const RSYSLOG_TAB = asciiBytes("#011");
const BYTE_ORDER_MARK = "\ufeff";
/** `ESC [ ... letter` (ECMA-48): colours and the like. */
const ANSI = /\x1b\[[0-9;:?]*[A-Za-z]/g;
/** TABs at the start of a line that a program wrote out: JSON's and Go's `\t`, rsyslog's `#011`. */
const WRITTEN_TABS = /^(?:(?:\\+t)+|(?:#011)+)/;

/** A carriage return as a terminal shows it, and the blanks it fills the line with. */
const CARET_RETURN = /\^M\s*$/;
/** One backtick where a Markdown fence was meant, at either end of the quotation. */
const OPENING_BACKTICK = /^`(?=panic: |fatal error: |goroutine \d|SIG[A-Z0-9]+: |runtime: )/;
const BEFORE_CLOSING_BACKTICK = /(?:\)|\+0x[0-9a-f]+|:\d+)$/;

/** Whether a line in bytes begins with nothing that would be taken off or replaced before it is read. */
export function beginsAsItStands(line: ByteLine): boolean {
  return line.bytes[line.start] !== BACKTICK && writtenTabsEnd(line) === line.start;
}

/** Offset behind the TABs that are written out at the start of a line in bytes; its start where there are none. */
export function writtenTabsEnd({ bytes, start, end }: ByteLine): number {
  const first = start < end ? bytes[start] : LF;
  if (first !== BACKSLASH && first !== HASH) return start;
  let at = start;
  for (;;) {
    const behind = first === HASH ? behindRsyslogTab(bytes, at, end) : behindBackslashTab(bytes, at, end);
    if (behind < 0) return at;
    at = behind;
  }
}

function behindRsyslogTab(bytes: Uint8Array, start: number, end: number): number {
  return start + RSYSLOG_TAB.length <= end && startsWith(bytes, start, RSYSLOG_TAB) ? start + RSYSLOG_TAB.length : -1;
}

function behindBackslashTab(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === BACKSLASH) at++;
  return at > start && at < end && bytes[at] === SMALL_T ? at + 1 : -1;
}

/**
 * A line without what never belongs to a dump: a byte order mark, colours, TABs that are written out, marks of a
 * quotation or of a terminal.
 */
export function normalise(line: Line): Line {
  let result = line;
  if (result.text.startsWith(BYTE_ORDER_MARK)) result = sliceLine(result, 1);
  if (result.text.includes("\x1b")) result = withoutColours(result);
  const first = result.text[0];
  if (first === "\\" || first === "#") result = withTabs(result);
  else if (first === "`" && OPENING_BACKTICK.test(result.text)) result = sliceLine(result, 1);
  return withoutEndMark(result);
}

function withoutEndMark(line: Line): Line {
  const { text } = line;
  if (text.endsWith("`")) {
    const end = text.length - 1;
    return BEFORE_CLOSING_BACKTICK.test(text.slice(0, end)) ? sliceLine(line, 0, end) : line;
  }
  const end = text.includes("^M") ? text.search(CARET_RETURN) : -1;
  return end < 0 ? line : sliceLine(line, 0, end);
}

function withoutColours(line: Line): Line {
  const maker = new LineMaker(line);
  let at = 0;
  for (const match of line.text.matchAll(ANSI)) {
    maker.copy(at, match.index);
    at = match.index + match[0].length;
  }
  maker.copy(at, line.text.length);
  return maker.take(line.text.length);
}

function withTabs(line: Line): Line {
  const tabs = WRITTEN_TABS.exec(line.text)?.[0];
  if (tabs === undefined) return line;
  const maker = new LineMaker(line);
  maker.add("\t", 0);
  maker.copy(tabs.length, line.text.length);
  return maker.take(line.text.length);
}

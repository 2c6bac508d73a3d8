import { type Line, LineMaker, sliceLine } from "../text/line.ts";

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

import { emptyLine, type Line, sliceLine } from "../text/line.ts";

/** Script, line and column, which the console of a browser shows behind each line. */
const PLACE = /(?<! ) +(?:[^\s:]{1,300}\.(?:m?js|html?|tsx?)|\(index\)|VM\d{1,9})(?::\d{1,9}){1,2}\s*$/;
const START = /^(?:goroutine \d+ \[|panic: |fatal error: |SIG[A-Z0-9]+: )/;
/** What Firefox shows for an empty line. */
const EMPTY = "<empty string>";

/** Whether a line begins a dump as the console of a browser shows it. */
export function startsInConsole(text: string): boolean {
  return START.test(text) && PLACE.test(text);
}

/** A line without its place in a script; undefined: it has none. */
export function withoutConsolePlace(line: Line): Line | undefined {
  const end = line.text.search(PLACE);
  if (end < 0) return undefined;
  return line.text.startsWith(EMPTY) && end === EMPTY.length ? emptyLine(line) : sliceLine(line, 0, end);
}

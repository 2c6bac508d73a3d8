import type { BulkPath } from "./bulkPath.ts";
import { GOROUTINE } from "../forms/traceback/bulkBytes.ts";
import type { DumpBuilder } from "../model/builder.ts";
import type { Line } from "../text/line.ts";
import { EscapedLines } from "../unwrap/escapedLines.ts";
import { stringWithDump } from "../unwrap/unwrapper.ts";
import { readUnwrapped } from "./unwrappedGoroutines.ts";

/** The text that a string holds, as far as reading it in bulk needs to know it. */
interface InnerText extends Pick<BulkPath, "traceback"> {
  readonly bulkBuilder: DumpBuilder | null;
  take(line: Line): void;
}

/**
 * Gives a text what the string on this line holds in which a dump begins: goroutines in bulk where it may be, the other
 * lines one by one. False: the string has to be read as a whole.
 */
export function readEscaped(text: InnerText, line: Line): boolean {
  const string = stringWithDump(line.text);
  const lines = string && EscapedLines.of(line, string.start, string.quote);
  if (lines === undefined) return false;
  let place = string!.start;
  while (!lines.isAtEnd(place)) {
    const mayBeBulk = lines.startsWith(place, GOROUTINE) && text.bulkBuilder !== null;
    const end = mayBeBulk ? readUnwrapped(text.traceback, lines, place, line.number, 0).end : place;
    if (end === place) for (const inner of lines.linesAt(place)) text.take(inner);
    place = end === place ? lines.behind(place) : end;
  }
  return true;
}

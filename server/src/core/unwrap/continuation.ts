import type { Line } from "../text/line.ts";
import { readCall, readCreatedBy } from "../forms/traceback/frameLine.ts";

/** Lines that follow the first one of a dump in other forms than a traceback. */
const FOLLOWING = /^(?:\d+ @(?: 0x[0-9a-f]+)*$|(?:Read|Write|Previous) (?:at|by) |(?:runtime|syscall)\.)/;

/**
 * The indentation behind which a line goes on with a dump whose first line stood behind something else; undefined when
 * the line does not look like one of a dump.
 */
export function continuationOf(line: Line): string | undefined {
  const text = line.text.trimStart();
  const goesOn = readCall(text) !== undefined || readCreatedBy(text) !== undefined || FOLLOWING.test(text);
  return goesOn && !/^\S*\s+\S+\(/.test(text) ? line.text.slice(0, line.text.length - text.length) : undefined;
}

import { type Line, sliceLine } from "../text/line.ts";
import { readCall } from "../forms/traceback/frameLine.ts";
import { normalise } from "./normalise.ts";

const HEADER =
  /^goroutine \d{1,20}(?: gp=\S{1,30})?(?: m=\S{1,30})?(?: mp=\S{1,30})? \[[a-zA-Z][^\]\n]{0,400}\](?: ?\{[^}\n]{0,400}\})?:/;

/** What the readers are given for a line of the text: it without marks of others, and in two parts where it was glued. */
export function mend(physical: Line): readonly Line[] {
  const line = normalise(physical);
  const end = line.text.startsWith("goroutine ") ? endOfHeader(line.text) : 0;
  return end === 0 ? [line] : [sliceLine(line, 0, end), sliceLine(line, end + line.text.slice(end).search(/\S/))];
}

/** Whether what follows a header on its line is the first call, as mails and trackers glue it. */
export function isGluedCall(rest: string): boolean {
  return readCall(rest.trimStart()) !== undefined;
}

/** Column behind a header that a call follows on the same line; 0: none does. */
function endOfHeader(text: string): number {
  const end = HEADER.exec(text)?.[0].length ?? 0;
  return end > 0 && isGluedCall(text.slice(end)) ? end : 0;
}

import type { TextCheck } from "../protocol/index.ts";
import type { LineStarts } from "../service/base/lineStarts.ts";

/**
 * Whether a file's text is the one in the editor. What was decoded otherwise has another length; so has a file of mixed
 * line ends, which the editor makes all one. A file that was written anew since the editor read it differs in length,
 * lines or samples; one that does not, because a few characters were changed in place, the editor soon reads again, and
 * replaces whole lines by their numbers: that mends the text here as well.
 */
export function isSameText(
  text: string,
  { length, lines, lineEnd, samples }: TextCheck,
  lineStarts: Pick<LineStarts, "count">,
): boolean {
  return (
    text.length === length &&
    (lineEnd === "\r\n" || !text.includes("\r")) &&
    samples.every((sample) => text.startsWith(sample.text, sample.offset)) &&
    lineStarts.count(text) === lines
  );
}

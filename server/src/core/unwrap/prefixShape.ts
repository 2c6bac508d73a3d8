/**
 * What the beginnings of a log's lines have in common: its text, with the numbers that change from line to line (times,
 * counters, line numbers) left open. Numbers that are part of a name (`web-1`, `app[web.2]`, `prog[123]`) stay: they tell
 * one writer from another.
 */
export type PrefixShape = readonly Part[];

/** Fixed text; null: a number with dots, commas and colons between its digits, and the spaces that pad it. */
type Part = string | null;

/** The kubelet marks a line that it had to cut with P, and the last part with F (CRI log format). */
const CRI_FULL = / (?:stdout|stderr) F $/;

const NUMBER = / *\d+(?:[.,:]\d+)*/y;

/** The shape of such a beginning. */
export function shapeOf(sample: string): PrefixShape {
  const parts: Part[] = [];
  let text = "";
  let at = 0;
  while (at < sample.length) {
    const digits = behindSpaces(sample, at);
    const length = numberLength(sample, at);
    if (length > 0 && isOpenNumber(sample, digits)) {
      if (text !== "") parts.push(text);
      text = "";
      parts.push(null);
      at += length;
    } else {
      // All the spaces at once: to try each of them again takes time with the square of their number.
      const end = Math.max(at + 1, digits);
      text += sample.slice(at, end);
      at = end;
    }
  }
  return text === "" ? parts : [...parts, text];
}

/** The shape of what stands before a part of a line that goes on behind the next such beginning; null: lines are whole. */
export function partialOf(sample: string): PrefixShape | null {
  return CRI_FULL.test(sample) ? shapeOf(sample.replace(/F $/, "P ")) : null;
}

/**
 * Column behind such a beginning, or -1 when the line has another. An empty line may have lost the spaces that end the
 * beginning; then its length.
 */
export function matchShape(shape: PrefixShape, line: string): number {
  let at = 0;
  for (const [index, part] of shape.entries()) {
    if (part === null) {
      const length = numberLength(line, at);
      if (length === 0) return -1;
      at += length;
    } else if (line.startsWith(part, at)) at += part.length;
    else return index === shape.length - 1 && line.slice(at) === part.trimEnd() ? line.length : -1;
  }
  return at;
}

/** Column of the first character from `start` on that is no space. */
function behindSpaces(text: string, start: number): number {
  let at = start;
  while (text[at] === " ") at++;
  return at;
}

function numberLength(text: string, at: number): number {
  NUMBER.lastIndex = at;
  return NUMBER.exec(text)?.[0].length ?? 0;
}

/** Whether the number that begins here may change: it belongs to no name. */
function isOpenNumber(text: string, at: number): boolean {
  const before = text[at - 1] ?? "";
  const isLetter = /[A-Za-z]/;
  if (/[-./[_@#]/.test(before)) return !isLetter.test(text[at - 2] ?? "");
  return !isLetter.test(before) || (before === "T" && /\d/.test(text[at - 2] ?? ""));
}

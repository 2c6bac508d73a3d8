import type { Position, Range } from "vscode-languageserver-types";

/** A text with marks taken out: what stood between `«` and `»`, and where `|>` stood. */
export interface MarkedText {
  readonly text: string;
  /** In the order of the opening marks. */
  readonly ranges: readonly Range[];
  readonly cursors: readonly Position[];
}

/** Takes the marks out of a text: tests show places instead of counting columns. */
export function marked(source: string): MarkedText {
  const ranges: { start: Position; end: Position }[] = [];
  const open: number[] = [];
  const cursors: Position[] = [];
  let text = "";
  let [line, character] = [0, 0];
  for (let at = 0; at < source.length; at++) {
    const here = { line, character };
    if (source[at] === "«") open.push(ranges.push({ start: here, end: here }) - 1);
    else if (source[at] === "»") ranges[open.pop() ?? 0]!.end = here;
    else if (source.startsWith("|>", at)) {
      cursors.push(here);
      at++;
    } else {
      text += source[at];
      character++;
      if (source[at] === "\n") [line, character] = [line + 1, 0];
    }
  }
  return { text, ranges, cursors };
}

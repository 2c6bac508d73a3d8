import { runToEnd, type Steps } from "../../core/steps.ts";

/** Room for lines at first; lines looked for in one step. */
const FIRST_LINES = 1024;
const LINES_A_STEP = 1 << 16;

/** Where the lines of a text start that end in LF, in UTF-16 units. */
export function* lineSteps(text: string): Steps<Uint32Array> {
  let starts = new Uint32Array(FIRST_LINES);
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (lines === starts.length) {
      const grown = new Uint32Array(lines * 2);
      grown.set(starts);
      starts = grown;
    }
    starts[lines++] = at + 1;
    if (lines % LINES_A_STEP === 0) yield;
  }
  return starts.slice(0, lines);
}

/** The lines of a text that is looked at before it is opened as a document: those of a large one are found once. */
export class LineStarts {
  #found: { readonly text: string; readonly starts: Uint32Array } | undefined;

  /** How many lines a text has; it is kept until lines are taken, be it of another text. */
  count(text: string): number {
    const starts = runToEnd(lineSteps(text));
    this.#found = { text, starts };
    return starts.length;
  }

  /** The lines of a text, looked for if they are not known. Nothing is kept: a text is large, and may never be opened. */
  *take(text: string): Steps<Uint32Array> {
    const found = this.#found;
    this.#found = undefined;
    return found?.text === text ? found.starts : yield* lineSteps(text);
  }
}

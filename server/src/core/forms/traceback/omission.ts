import type { CountedNote } from "../../text/limits.ts";
import { say } from "../../text/say.ts";

/** What people write where they leave goroutines or frames out: dots with or without a word, or the word alone. */
const OMISSION = /^(?:(?:\.{3}|…).*|(?:snip|snipped|cut|omitted|truncated))$/i;
/** Brackets and blanks around it. */
const FRINGE = /[\s[\]()<>]/g;
/** Characters of such a line at most. */
const OMISSION_LENGTH = 120;
/** What is noted of such lines. */
export const LEFT_OUT: CountedNote = {
  one: say`1 line says that something was left out`,
  many: (count) => say`${count} lines say that something was left out`,
};

/** Whether a line says that something is left out here. */
export function isOmission(text: string): boolean {
  return text.length <= OMISSION_LENGTH && OMISSION.test(text.replaceAll(FRINGE, ""));
}

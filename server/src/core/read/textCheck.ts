import type { Dump } from "../model/dump.ts";
import type { Note } from "../model/note.ts";
import { NoteList } from "../model/noteList.ts";
import type { CountedNote } from "../text/limits.ts";
import { say } from "../text/say.ts";
import type { Line } from "../text/line.ts";

const NUL_BYTES: CountedNote = {
  one: say`1 line holds NUL bytes: the text is damaged, or no text`,
  many: (count) => say`${count} lines hold NUL bytes: the text is damaged, or no text`,
};
const NOT_UTF8: CountedNote = {
  one: say`1 line holds bytes that are not UTF-8`,
  many: (count) => say`${count} lines hold bytes that are not UTF-8`,
};

/** Notices what is wrong with a text as such: bytes that are no text. */
export class TextCheck {
  readonly #notes = new NoteList();

  take({ text, number }: Line): void {
    if (text.includes("\0")) this.#notes.count("binary", number, NUL_BYTES);
    if (text.includes("\ufffd")) this.#notes.count("binary", number, NOT_UTF8);
  }

  finish(): readonly Note[] {
    return this.#notes.finish();
  }
}

/** The dumps in the order of the text; those that stand in the midst of another one say so. */
export function inTextOrder(dumps: readonly Dump[]): readonly Dump[] {
  const sorted = [...dumps].sort((left, right) => left.startLine - right.startLine);
  let outer: Dump | null = null;
  return sorted.map((dump) => {
    const around: Dump | null = outer !== null && isWithin(dump, outer) ? outer : null;
    if (outer === null || dump.endLine > outer.endLine) outer = dump;
    return around === null ? dump : withNote(dump, around);
  });
}

/** Of one text the dumps follow each other: only one that was wrapped otherwise can stand within another. */
function isWithin(dump: Dump, outer: Dump): boolean {
  return dump.startLine < outer.endLine && JSON.stringify(dump.wrapping) !== JSON.stringify(outer.wrapping);
}

function withNote(dump: Dump, around: Dump): Dump {
  const message = say`This dump stands between the lines of another one, which begins in line ${around.startLine + 1}.`;
  return { ...dump, notes: [{ kind: "mixed", line: dump.startLine, message }, ...dump.notes] };
}

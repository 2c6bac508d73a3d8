import { type CountedNote, LIMIT_NOTES, LIMITS } from "../text/limits.ts";
import { type Message, say } from "../text/say.ts";
import type { Note, NoteKind } from "./note.ts";

/** Places a counted note names before it only counts. */
const FIRST_PLACES = 3;

interface Counted {
  readonly kind: NoteKind;
  readonly what: CountedNote;
  readonly lines: number[];
  count: number;
}

/** The notes of a dump. Kinds that can occur a million times are counted and become one note with its first places. */
export class NoteList {
  readonly #single: Note[] = [];
  readonly #counted = new Map<CountedNote, Counted>();

  add(kind: NoteKind, line: number, message: Message): void {
    if (this.#single.length < LIMITS.notes) this.#single.push({ kind, line, message });
    else this.count("limit", line, LIMIT_NOTES.notes);
  }

  /** Counts one case of `what`, or several that begin on that line. */
  count(kind: NoteKind, line: number, what: CountedNote, times = 1): void {
    const counted = this.#counted.get(what);
    if (counted === undefined) {
      this.#counted.set(what, { kind, what, lines: [line], count: times });
      return;
    }
    counted.count += times;
    if (counted.lines.length < FIRST_PLACES && counted.lines.at(-1) !== line) counted.lines.push(line);
  }

  /** All notes in the order of the text. */
  finish(): readonly Note[] {
    const counted = [...this.#counted.values()].map(({ kind, what, lines, count }): Note => {
      const places = lines.map((line) => line + 1).join(", ") + (count > lines.length ? ", ..." : "");
      const message = count === 1 ? what.one : what.many(count);
      return { kind, line: lines[0] ?? 0, message: say`${message} (line ${places}).` };
    });
    return [...this.#single, ...counted].sort((left, right) => left.line - right.line);
  }
}

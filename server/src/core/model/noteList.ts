import type { Note, NoteKind } from "./note.ts";

/** Places a counted note names before it only counts. */
const FIRST_PLACES = 3;

interface Counted {
  readonly kind: NoteKind;
  readonly what: string;
  readonly lines: number[];
  count: number;
}

/** The notes of a dump. Kinds that can occur a million times are counted and become one note with its first places. */
export class NoteList {
  readonly #single: Note[] = [];
  readonly #counted = new Map<string, Counted>();

  add(kind: NoteKind, line: number, message: string): void {
    this.#single.push({ kind, line, message });
  }

  /**
   * Counts one case of `what`, a phrase in the plural as it reads behind a number, e.g. `lines within goroutines fit no
   * known form`.
   */
  count(kind: NoteKind, line: number, what: string, times = 1): void {
    const counted = this.#counted.get(what);
    if (counted === undefined) {
      this.#counted.set(what, { kind, what, lines: [line], count: times });
      return;
    }
    counted.count += times;
    if (counted.lines.length < FIRST_PLACES) counted.lines.push(line);
  }

  /** All notes in the order of the text. */
  finish(): readonly Note[] {
    const counted = [...this.#counted.values()].map(({ kind, what, lines, count }): Note => {
      const places = lines.map((line) => line + 1).join(", ");
      const more = count > lines.length ? ", ..." : "";
      return { kind, line: lines[0] ?? 0, message: `${count} ${what} (line ${places}${more}).` };
    });
    return [...this.#single, ...counted].sort((left, right) => left.line - right.line);
  }
}

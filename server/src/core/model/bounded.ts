import { type CountedNote, LIMIT_NOTES, LIMITS } from "../text/limits.ts";
import { clip } from "../text/visible.ts";
import type { Label } from "./dump.ts";
import type { NoteList } from "./noteList.ts";

/** Keeps the texts and lists of a dump to their limits, and notes where one was longer. */
export class Bounded {
  readonly #notes: NoteList;
  readonly #line: number;

  /** `line`: where the notes stand. */
  constructor(notes: NoteList, line: number) {
    this.#notes = notes;
    this.#line = line;
  }

  state(name: string): string {
    return this.#clipped(name, LIMITS.stateLength, LIMIT_NOTES.stateLength);
  }

  /** The name of a function, a path, or a label's key or value. */
  name(name: string): string {
    return this.#clipped(name, LIMITS.nameLength, LIMIT_NOTES.nameLength);
  }

  /** A list of its own. */
  labels(labels: readonly Label[]): Label[] {
    if (labels.length > LIMITS.labels) this.#notes.count("limit", this.#line, LIMIT_NOTES.labels);
    return labels.slice(0, LIMITS.labels).map(([key, value]): Label => [this.name(key), this.name(value)]);
  }

  /** Adds to a list that has a limit of that name. */
  add<Item extends { readonly line: number }>(
    list: Item[],
    item: Item,
    limit: "systemStacks" | "races" | "deadlockReports",
  ): void {
    if (list.length < LIMITS[limit]) list.push(item);
    else this.#notes.count("limit", item.line, LIMIT_NOTES[limit]);
  }

  #clipped(text: string, most: number, note: CountedNote): string {
    if (text.length <= most) return text;
    this.#notes.count("limit", this.#line, note);
    return clip(text, most);
  }
}

import { type DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
import { Flag, NO_ID } from "../../model/dump.ts";
import type { NoteList } from "../../model/noteList.ts";
import { type CountedNote, LIMIT_NOTES } from "../../text/limits.ts";
import type { Line } from "../../text/line.ts";
import type { BodySink } from "./body.ts";
import type { CallLine, CreatedByLine, LocationLine } from "./frameLine.ts";
import type { Header } from "./header.ts";
import { say } from "../../text/say.ts";
import { isOmission } from "./omission.ts";

const ELIDED: CountedNote = {
  one: say`1 stack is so deep that Go left frames out`,
  many: (count) => say`${count} stacks are so deep that Go left frames out`,
};
const UNAVAILABLE: CountedNote = {
  one: say`1 goroutine was running on another thread or in C: no stack`,
  many: (count) => say`${count} goroutines were running on another thread or in C: no stack`,
};
const UNPARSED: CountedNote = {
  one: say`1 line within a goroutine fits no known form`,
  many: (count) => say`${count} lines within goroutines fit no known form`,
};
const REPEATED: CountedNote = {
  one: say`1 goroutine is printed again for another thread`,
  many: (count) => say`${count} goroutines are printed again for another thread`,
};

/** The title of a stack whose goroutine's header is missing. */
export const HEADERLESS = "stack without a header";

/** What a body's lines add up to, on the way into a builder: the stack so far, flags, the creator. */
export class OpenGoroutine implements BodySink {
  /** Null: a stack without a goroutine, see `title`. */
  readonly header: Header | null;
  readonly title: string;
  readonly place: TextPlace;
  readonly #builder: DumpBuilder;
  readonly #notes: NoteList;
  #stack = EMPTY_STACK;
  #flags = 0;
  #creator: number | undefined;
  #inAncestors = false;
  #placed = 0;
  /** Goroutines like this one that are counted instead of printed. */
  #more = 0;
  /** Whether the last line was whole, as far as one line can show it. */
  #endsWhole = true;

  constructor(builder: DumpBuilder, header: Header | null, title: string, place: TextPlace) {
    this.#builder = builder;
    this.#notes = builder.notes;
    this.header = header;
    this.title = title;
    this.place = place;
  }

  /** Number of frames that have a place. */
  get placedFrames(): number {
    return this.#placed;
  }

  frame(call: CallLine, _at: Line, place: LocationLine | null, where: Line | null): void {
    this.#endsWhole = place !== null && (call.args === "..." || where === null || /\S +\+0x|pc=0x/.test(where.text));
    if (call.args === null && place === null) this.#endsWhole = true;
    if (place !== null && place.file !== null) this.#placed++;
    if (this.#inAncestors) return;
    this.#stack = this.#builder.pushFrame(this.#stack, call.function, place?.file ?? null, place?.line ?? null);
  }

  createdBy(creator: CreatedByLine, _at: Line, place: LocationLine | null): void {
    this.#endsWhole = place !== null;
    if (this.#inAncestors) return;
    this.#stack = this.#builder.pushCreator(this.#stack, creator.function, place?.file ?? null, place?.line ?? null);
    this.#creator = creator.creator ?? undefined;
  }

  elided(_count: number | null, at: Line): void {
    if (this.#inAncestors) return;
    this.#stack = this.#builder.pushElided(this.#stack);
    this.#flags |= Flag.elided;
    this.#notes.count("elided", at.number, ELIDED);
  }

  unavailable(at: Line): void {
    this.#flags |= Flag.unavailable;
    this.#notes.count("stack-unavailable", at.number, UNAVAILABLE);
  }

  more(count: number): void {
    this.#more += count;
  }

  ancestor(): void {
    this.#inAncestors = true;
    this.#flags |= Flag.ancestors;
  }

  unparsed(at: Line): void {
    this.#endsWhole = false;
    this.#flags |= Flag.damaged;
    // What says itself that something was left out is noted as that.
    if (!isOmission(at.text)) this.#notes.count("unparsed", at.number, UNPARSED);
  }

  /** Adds the goroutine to the builder and gives its row; -1 when it is a stack without one. */
  close(): number {
    const { line, offset } = this.place;
    if (this.header === null) {
      if (this.#placed > 0) this.#builder.addSystemStack({ title: this.title, line, offset, stack: this.#stack });
      return -1;
    }
    const { id, state, wait, labels } = this.header;
    if (id === NO_ID) this.#notes.count("limit", line, LIMIT_NOTES.id);
    if (this.#builder.rowOfId(id) >= 0) {
      this.#notes.count("repeated-id", line, REPEATED);
    }
    const row = { id, state, wait, labels, stack: this.#stack, flags: this.header.flags | this.#flags, line, offset };
    return this.#builder.add({
      ...row,
      ...(this.#creator !== undefined && { creator: this.#creator }),
      ...(this.#more > 0 && { weight: this.#more + 1 }),
    });
  }

  /** Notes that the text ends within this goroutine, when it does. */
  markCut(isWaiting: boolean, line: number): void {
    if (this.#endsWhole && !isWaiting) return;
    this.#flags |= Flag.truncated;
    this.#notes.add("truncated", line, say`The text ends in the middle of this goroutine: the dump was cut.`);
  }
}

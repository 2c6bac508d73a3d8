import type { TextPlace } from "../text/place.ts";
import type { Dump } from "../model/dump.ts";
import type { Note } from "../model/note.ts";
import type { Line } from "../text/line.ts";

/**
 * Reads one form out of a text that may hold others, and anything else, around it. A reader takes the lines that are its
 * own, one after the other; what it does not take is offered to the other readers.
 */
export interface FormReader {
  /** True when the line begins, continues or ends this form; false leaves the line, and may end what is open. */
  take(line: Line): boolean;
  /** Ends what is open: the text ends at that place. `isCut` says that its last line has no line end. */
  end(place: TextPlace, isCut: boolean): void;
}

/** What a reader is told, and where it puts what it has read. */
export interface ReadContext {
  /** Takes a dump that has ended. */
  finished(dump: Dump): void;
  /** Takes a note about something in the text that is no dump. */
  noted(note: Note): void;
  /** When a dump that begins on that line (0-based) was taken, as the text around it says; see `Dump.time`. */
  timeAbove(line: number): string | null;
}

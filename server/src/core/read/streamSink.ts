import type { Dump } from "../model/dump.ts";
import type { Note } from "../model/note.ts";
import type { Line } from "../text/line.ts";

/** Is told every line as the readers are given it, with the text that it is of: one of those wrapped within each other. */
export interface LineTap {
  /** A line that is part of a dump. */
  taken(text: object, line: Line): void;
  /** A line that no reader knows. */
  skipped(text: object, line: Line): void;
}

/** Where what is found in a text goes. */
export interface StreamSink {
  /** Where there is one, nothing is read in bulk. */
  readonly tap?: LineTap | undefined;
  dump(dump: Dump): void;
  note(note: Note): void;
}

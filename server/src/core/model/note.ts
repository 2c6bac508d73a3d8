import type { Message } from "../text/say.ts";

/** What a note is about; the JSON output of the command line and the diagnostics use the same words. */
export type NoteKind =
  /** The text ends within a line or a goroutine. */
  | "truncated"
  /** Go's 64 MB limit for `debug=2` cut the dump. */
  | "size-limit"
  /** Go left out frames of deep stacks. */
  | "elided"
  /** Goroutines were running on another thread: no stack. */
  | "stack-unavailable"
  /** Lines within goroutines that fit nothing. */
  | "unparsed"
  /** One id stands at several goroutines of the dump. */
  | "repeated-id"
  /** Lines of another dump or program are mixed in. */
  | "mixed"
  /** A profile of another type, a trace, a core file: what the file is instead. */
  | "other-format"
  /** The file holds no goroutines. */
  | "no-goroutines"
  /** A bound of this program was reached; the message says which. */
  | "limit"
  /** The user stopped the reading. */
  | "stopped"
  /** Bytes that are not text. */
  | "binary"
  /** The text is wrapped: log prefixes, quoting, escaping; the message says how it was read. */
  | "wrapped"
  /** Counts of the text contradict each other. */
  | "inconsistent";

/** Something a reader of the dump should know: what could not be read, what is missing, what is assumed. */
export interface Note {
  readonly kind: NoteKind;
  /** Line of the original text it is about, 0-based. */
  readonly line: number;
  /** A sentence for people. May quote the dump: never show it as markup. */
  readonly message: Message;
}

import { isLoggedPanic } from "../forms/traceback/incidents.ts";
import type { LineTap } from "../read/streamSink.ts";
import type { Line } from "../text/line.ts";
import { RecentTexts } from "../text/recentTexts.ts";

/** Lines of other text, one behind the other, that are kept and told of: more make no difference to what is read around them. */
export const OTHER_LINES = 50;

/** What a line is to the text that is written of it. */
export const Kind = {
  /** Part of a dump. */
  taken: 0,
  blank: 1,
  /** A line that is no part of a dump. Its text is kept where it is one word. */
  other: 2,
  /** Such a line that tells of a panic, with its text. */
  panic: 3,
} as const;

type Kind = (typeof Kind)[keyof typeof Kind];

/** The lines of one text, in its order. */
export interface RecordedText {
  readonly kinds: readonly Kind[];
  readonly lines: readonly string[];
}

/** A text whose lines are still coming. */
interface OpenText {
  readonly kinds: Kind[];
  readonly lines: string[];
  /** Other lines directly above. */
  others: number;
}

/**
 * Keeps the lines of a text as the readers take them, without whatever they were wrapped in: how a line is redacted
 * depends on all of the text. Equal lines are kept once, other text only as far as a redacted dump has use for it.
 */
export class RecordedLines implements LineTap {
  /** By the text they are of: the wrapped texts of a log are told apart. */
  readonly #texts = new Map<object, OpenText>();
  readonly #lines = new RecentTexts<string>();

  get texts(): Iterable<RecordedText> {
    return this.#texts.values();
  }

  taken(text: object, line: Line): void {
    const open = this.#textOf(text);
    open.others = 0;
    keep(open, Kind.taken, this.#lines.get(line.text) ?? this.#lines.keep(line.text, line.text));
  }

  skipped(text: object, line: Line): void {
    const open = this.#textOf(text);
    const word = line.text.trim();
    open.others = word === "" ? 0 : open.others + 1;
    if (word === "") keep(open, Kind.blank, "");
    else if (isLoggedPanic(line.text)) keep(open, Kind.panic, line.text);
    else if (!/\s/.test(word)) keep(open, Kind.other, line.text);
    else if (open.others <= OTHER_LINES || open.kinds.at(-1) === Kind.panic) keep(open, Kind.other, "");
  }

  #textOf(text: object): OpenText {
    let open = this.#texts.get(text);
    if (open === undefined) this.#texts.set(text, (open = { kinds: [], lines: [], others: 0 }));
    return open;
  }
}

function keep({ kinds, lines }: OpenText, kind: Kind, line: string): void {
  kinds.push(kind);
  lines.push(line);
}

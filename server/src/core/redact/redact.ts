import { writeProfile } from "../condensed/writeProfile.ts";
import type { Line } from "../text/line.ts";
import type { LineTap } from "../read/streamSink.ts";
import type { Dump } from "../model/dump.ts";
import { runToEnd } from "../steps.ts";
import { Redactor, type RedactOptions } from "./redactor.ts";

/** What is said in place of lines that are no part of a dump. */
const LEFT_OUT = "(text left out)";
/** How many of them say so one behind the other: more make no difference to what is read around them. */
const LEFT_OUT_LINES = 50;

/** Lines of one text, in its order, and what the line above says of the goroutine that may follow. */
interface Written {
  readonly lines: string[];
  lead: string | null;
  /** Lines left out directly above. */
  left: number;
}

/**
 * Writes what was read of a text as a redacted dump. Fed with the lines of a second reading of the same text, it writes
 * them without whatever they were wrapped in: the prefixes of a log name machines as well.
 */
export class RedactedText implements LineTap {
  readonly #redactor: Redactor;
  readonly #dumps: readonly Dump[];
  /** By the text they are of: the wrapped texts of a log are told apart. */
  readonly #texts = new Map<object, Written>();

  /** `dumps`: those of the first reading. */
  constructor(dumps: readonly Dump[], options: RedactOptions) {
    this.#dumps = dumps;
    this.#redactor = new Redactor(dumps, options);
  }

  taken(text: object, line: Line): void {
    const written = this.#writtenOf(text);
    if (written.lead !== null && line.text.startsWith("goroutine ")) written.lines.push(written.lead);
    written.lead = null;
    written.left = 0;
    written.lines.push(this.#redactor.line(line.text));
  }

  skipped(text: object, line: Line): void {
    const written = this.#writtenOf(text);
    const isBlank = line.text.trim() === "";
    written.lead = isBlank ? null : this.#redactor.leadLine(line.text);
    written.left = isBlank ? 0 : written.left + 1;
    if (this.#redactor.isCall(line.text)) written.lines.push(this.#redactor.line(line.text));
    else if (written.left <= LEFT_OUT_LINES) written.lines.push(isBlank ? "" : LEFT_OUT);
  }

  /** The redacted text; a profile without a text of its own becomes one as Go prints it. */
  finish(): string {
    const texts = [...this.#texts.values()].map(({ lines }) => trimmed(lines)).filter(({ length }) => length > 0);
    const printed = texts.map((lines) => `${lines.join("\n")}\n`);
    const profiles = this.#dumps.filter(({ form }) => form === "profile-proto");
    return [...printed, ...profiles.map((dump) => runToEnd(writeProfile(this.#redactor.dump(dump))))].join("\n");
  }

  #writtenOf(text: object): Written {
    let written = this.#texts.get(text);
    if (written === undefined) {
      written = { lines: [], lead: null, left: 0 };
      this.#texts.set(text, written);
    }
    return written;
  }
}

/** Without other text at either end. */
function trimmed(lines: readonly string[]): readonly string[] {
  let [start, end] = [0, lines.length];
  while (start < end && isOther(lines[start])) start++;
  while (end > start && isOther(lines[end - 1])) end--;
  return lines.slice(start, end);
}

function isOther(line: string | undefined): boolean {
  return line === LEFT_OUT || line === "";
}

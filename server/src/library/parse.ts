import { at } from "../core/model/column.ts";
import { type Dump, NO_ID, NO_WAIT } from "../core/model/dump.ts";
import type { Note } from "../core/model/note.ts";
import { type Frame, stackOf } from "../core/model/stack.ts";
import { guessGoVersion } from "../core/names/goVersion.ts";
import { english } from "../core/text/say.ts";
import type { FrameReport, NoteReport } from "../output/report.ts";
import type { Content } from "./content.ts";
import { readContent } from "./readContent.ts";

/** All dumps of one file. */
export interface ParsedFile {
  /** In the order of the text. */
  readonly dumps: readonly ParsedDump[];
  /** What concerns the file as a whole, e.g. what it is instead of a dump. */
  readonly notes: readonly NoteReport[];
}

/** One snapshot of a process's goroutines. */
export interface ParsedDump {
  /** How it is written: `traceback`, `profile-text`, `race`, ... */
  readonly form: string;
  /** First line in the file, 1-based. */
  readonly startLine: number;
  /** ISO 8601; null: nothing says when it was taken. */
  readonly time: string | null;
  readonly goVersion: string | null;
  /** Goroutines: more than there are elements of {@link goroutines} in forms that count them. */
  readonly total: number;
  /** What could not be read, is missing or is assumed. */
  readonly notes: readonly NoteReport[];
  /** The goroutines in the order of the text, made while they are gone through: there may be millions. */
  goroutines(): Iterable<Goroutine>;
}

/** A call, as the dump names it. */
export type ParsedFrame = Omit<FrameReport, "resolved">;

/** A goroutine, or several in forms that count those with one stack. */
export interface Goroutine {
  /** Null in forms that print none. */
  readonly id: number | null;
  /** How many it stands for: 1 in forms that print each. */
  readonly count: number;
  /** The wait reason or status as printed: `chan send`, `running`. */
  readonly state: string;
  /** Whole minutes waited at least; null: none are printed. */
  readonly waitMinutes: number | null;
  /** Line of its header in the file, 1-based. */
  readonly line: number;
  /** Innermost call first. */
  readonly frames: readonly ParsedFrame[];
  /** The `go` statement that started it; null: the dump does not say. */
  readonly createdBy: ParsedFrame | null;
  /** Id of the goroutine that ran it; null: not printed. */
  readonly creator: number | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** Reads the dumps of a file. Never throws, whatever it holds. */
export function parse(content: Content): ParsedFile {
  const { dumps, notes } = readContent(content);
  return { dumps: dumps.map(parsedDump), notes: notes.map(parsedNote) };
}

function parsedDump(dump: Dump): ParsedDump {
  return {
    form: dump.form,
    startLine: dump.startLine + 1,
    time: dump.time,
    goVersion: guessGoVersion(dump),
    total: dump.total,
    notes: dump.notes.map(parsedNote),
    *goroutines() {
      for (let row = 0; row < dump.goroutines.length; row++) yield goroutineOf(dump, row);
    },
  };
}

function goroutineOf(dump: Dump, row: number): Goroutine {
  const columns = dump.goroutines;
  const stack = stackOf(dump, at(columns.stack, row));
  return {
    id: known(at(columns.id, row), NO_ID),
    count: columns.weight === null ? 1 : at(columns.weight, row),
    state: dump.states[at(columns.state, row)] ?? "",
    waitMinutes: known(at(columns.wait, row), NO_WAIT),
    line: at(columns.line, row) + 1,
    frames: stack.frames.map(parsedFrame),
    createdBy: stack.createdBy && parsedFrame(stack.createdBy),
    creator: known(at(columns.creator, row), NO_ID),
    labels: Object.fromEntries(dump.labelSets[at(columns.labels, row)] ?? []),
  };
}

function known(value: number, absent: number): number | null {
  return value === absent ? null : value;
}

function parsedFrame({ function: name, file, line }: Frame): ParsedFrame {
  return { function: name, file, line };
}

function parsedNote({ kind, line, message }: Note): NoteReport {
  return { kind, line: line + 1, message: english(message) };
}

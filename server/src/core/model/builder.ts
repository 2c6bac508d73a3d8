import { viewOf } from "../text/bytes.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import { Bounded } from "./bounded.ts";
import { ColumnBuilder } from "./column.ts";
import type { DeadlockReport } from "./deadlockReport.ts";
import { type Dump, type DumpForm, type Label, NO_ID, NO_LABELS, NO_WAIT } from "./dump.ts";
import type { DraftRows, RowTranslator } from "./draftRows.ts";
import { FrameInterner } from "./frameInterner.ts";
import { IdIndex } from "./idIndex.ts";
import type { Incident, SystemStack } from "./incident.ts";
import { NoteList } from "./noteList.ts";
import type { RaceReport } from "./race.ts";
import { CREATED_BY, ELIDED, FRAME } from "./stack.ts";
import { EMPTY_STACK, StackTrie } from "./stackTrie.ts";
import { UNKNOWN_STATE } from "./state.ts";
import { LIMIT_NOTES, LIMITS } from "../text/limits.ts";
import type { TextPlace } from "../text/place.ts";
import { StringTable } from "./stringTable.ts";

/** What a reader says of one goroutine (or one record of a counted form). What is left out is not in the dump. */
export interface GoroutineRow extends TextPlace {
  readonly id?: number;
  readonly state: string;
  readonly stack: number;
  readonly wait?: number;
  readonly creator?: number;
  readonly flags?: number;
  readonly labels?: readonly Label[];
  /** Goroutines the row stands for; one where absent. */
  readonly weight?: number;
}

/**
 * Collects one dump. Every reader of every form fills this: it interns frames and stacks, and keeps goroutines as
 * columns. `finish` gives the dump; the builder is not to be used after it.
 */
export class DumpBuilder {
  readonly notes = new NoteList();
  readonly incidents: Incident[] = [];
  readonly systemStacks: SystemStack[] = [];
  readonly races: RaceReport[] = [];
  readonly deadlockReports: DeadlockReport[] = [];
  /** See `Dump.time`. */
  time: string | null = null;
  /** See `Dump.profile`. */
  profile: string | null = null;
  /** Number of goroutines that a report gives without saying which; null: the rows are all there are. */
  reportedTotal: number | null = null;
  readonly start: TextPlace;
  readonly #form: DumpForm;
  readonly frames = new FrameInterner();
  readonly trie = new StackTrie();
  readonly #states = new StringTable();
  readonly #labelKeys = new StringTable();
  readonly #labelSets: (readonly Label[])[] = [[]];
  readonly #ids: IdIndex;
  readonly #bounded: Bounded;
  readonly #columns = {
    id: new ColumnBuilder("float64"),
    offset: new ColumnBuilder("float64"),
    line: new ColumnBuilder("uint32"),
    stack: new ColumnBuilder("uint32"),
    state: new ColumnBuilder("uint16"),
    wait: new ColumnBuilder("uint32"),
    creator: new ColumnBuilder("float64"),
    flags: new ColumnBuilder("uint16"),
    labels: new ColumnBuilder("uint32"),
  };
  #weight: ColumnBuilder | null = null;
  #total = 0;

  constructor(form: DumpForm, start: TextPlace) {
    this.#form = form;
    this.start = start;
    this.#ids = new IdIndex(this.#columns.id);
    this.#bounded = new Bounded(this.notes, start.line);
    this.#labelKeys.intern("");
  }

  /** Number of rows so far. */
  get length(): number {
    return this.#columns.id.length;
  }

  /** Whether there is neither a goroutine nor a stack without one. */
  get isEmpty(): boolean {
    return this.length === 0 && this.systemStacks.length === 0;
  }

  /** The stack `parent` with one more call. `file` and `line` are null where the text gives no place. */
  pushFrame(parent: number, functionName: string, file: string | null, line: number | null): number {
    return this.push(parent, this.frame(functionName, file, line));
  }

  /** As {@link pushFrame}, of a frame that has its number. */
  push(parent: number, frame: number): number {
    const stack = this.trie.child(parent, FRAME, frame);
    if (stack === parent) this.notes.count("limit", this.start.line, LIMIT_NOTES.stackFrames);
    return stack;
  }

  /** The stack `parent` with its `created by`. */
  pushCreator(parent: number, functionName: string, file: string | null, line: number | null): number {
    return this.trie.child(parent, CREATED_BY, this.frame(functionName, file, line));
  }

  /** The stack `parent` with a mark that Go left frames out here. How many is not part of a stack's identity. */
  pushElided(parent: number): number {
    return this.trie.child(parent, ELIDED, 0);
  }

  /** Number of a state for {@link addRow}. */
  state(name: string): number {
    const state = this.#bounded.state(name);
    if (this.#states.values.length < LIMITS.states || this.#states.has(state)) return this.#states.intern(state);
    this.notes.count("limit", this.start.line, LIMIT_NOTES.states);
    return this.#states.intern(UNKNOWN_STATE);
  }

  /** Adds a stack that no goroutine is known of. */
  addSystemStack(stack: SystemStack): void {
    this.#bounded.add(this.systemStacks, stack, "systemStacks");
  }

  addRace(race: RaceReport): void {
    this.#bounded.add(this.races, race, "races");
  }

  addDeadlockReport(report: DeadlockReport): void {
    this.#bounded.add(this.deadlockReports, report, "deadlockReports");
  }

  /** Number of a label set for {@link addRow}. */
  labelSet(labels: readonly Label[]): number {
    if (labels.length === 0) return NO_LABELS;
    const sorted = this.#bounded.labels(labels).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
    const number = this.#labelKeys.intern(JSON.stringify(sorted));
    this.#labelSets[number] ??= sorted;
    return number;
  }

  /** Row of the goroutine with that id, or -1. */
  rowOfId(id: number): number {
    return this.#ids.rowOf(id);
  }

  /** Adds a row and returns its number. */
  add(row: GoroutineRow): number {
    const added = this.addRow(
      row.id ?? NO_ID,
      row.offset,
      row.line,
      row.stack,
      this.state(row.state),
      row.wait ?? NO_WAIT,
      row.creator ?? NO_ID,
      row.flags ?? 0,
      row.labels === undefined ? NO_LABELS : this.labelSet(row.labels),
    );
    if (row.weight !== undefined) this.#setWeight(added, row.weight);
    return added;
  }

  /** As {@link add}, without an object: the readers of a million goroutines call this. */
  addRow(
    id: number,
    offset: number,
    line: number,
    stack: number,
    state: number,
    wait: number,
    creator: number,
    flags: number,
    labels: number,
  ): number {
    const columns = this.#columns;
    const row = columns.id.length;
    columns.id.push(id);
    columns.offset.push(offset);
    columns.line.push(line);
    columns.stack.push(stack);
    columns.state.push(state);
    columns.wait.push(wait);
    columns.creator.push(creator);
    columns.flags.push(flags);
    columns.labels.push(labels);
    this.#weight?.push(1);
    if (id !== NO_ID) this.#ids.add(row);
    this.#total++;
    return row;
  }

  /**
   * Adds rows of a draft from `start` on, up to `end` or the first whose id is known already, and gives the row that it
   * stopped before. The translator puts the numbers of this builder in, a row at a time.
   */
  addRows(rows: DraftRows, start: number, end: number, translator: RowTranslator): number {
    const columns = this.#columns;
    let row = start;
    for (; row < end && this.rowOfId(rows.id[row]!) < 0; row++) {
      translator.translate(row);
      columns.id.push(rows.id[row]!);
      this.#ids.add(columns.id.length - 1);
      this.#weight?.push(1);
    }
    columns.offset.append(rows.offset, start, row);
    columns.line.append(rows.line, start, row);
    columns.stack.append(rows.stack, start, row);
    columns.state.append(rows.state, start, row);
    columns.wait.append(rows.wait, start, row);
    columns.creator.append(rows.creator, start, row);
    columns.flags.append(rows.flags, start, row);
    columns.labels.append(rows.labels, start, row);
    this.#total += row - start;
    return row;
  }

  /** Replaces state and flags of a row, when what comes later shows what it does. */
  replaceState(row: number, state: string, flags: number): void {
    this.#columns.state.set(row, this.state(state));
    this.#columns.flags.set(row, flags);
  }

  /** The dump; `end` is the place behind its last line. */
  finish(end: TextPlace): Dump {
    const { id, offset, line, stack, state, wait, creator, flags, labels } = this.#columns;
    return {
      form: this.#form,
      startLine: this.start.line,
      endLine: end.line,
      startOffset: this.start.offset,
      endOffset: end.offset,
      time: this.time,
      profile: this.profile,
      wrapping: null,
      total: this.reportedTotal ?? this.#total,
      goroutines: {
        length: id.length,
        id: id.finish(),
        offset: offset.finish(),
        line: line.finish(),
        stack: stack.finish(),
        state: state.finish(),
        wait: wait.finish(),
        creator: creator.finish(),
        flags: flags.finish(),
        labels: labels.finish(),
        weight: this.#weight?.finish() ?? null,
      },
      states: this.#states.values,
      ...this.frames.finish(),
      stacks: this.trie.finish(),
      labelSets: this.#labelSets,
      incidents: this.incidents,
      systemStacks: this.systemStacks,
      races: this.races,
      deadlockReports: this.deadlockReports,
      notes: this.notes.finish(),
    };
  }

  /** Number of a frame for {@link push}. */
  frame(functionName: string, file: string | null, line: number | null): number {
    const name = this.#bounded.name(functionName);
    const path = file === null ? "" : this.#bounded.name(file);
    const place = file === null ? "" : `:${line ?? ""}`;
    const bytes = encodeUtf8(name + path + place);
    const nameEnd = encodeUtf8(name).length;
    const pathEnd = bytes.length - place.length;
    return this.frames.intern(viewOf(bytes), 0, nameEnd, nameEnd, pathEnd, bytes.length, bytes.length);
  }

  #setWeight(row: number, weight: number): void {
    this.#weight ??= ColumnBuilder.ones(this.length);
    this.#weight.set(row, weight);
    this.#total += weight - 1;
  }
}

export { EMPTY_STACK };

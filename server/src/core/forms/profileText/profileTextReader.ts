import { DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
import { RecentTexts } from "../../text/recentTexts.ts";
import { Flag, type Label } from "../../model/dump.ts";
import { inferState, UNKNOWN_STATE } from "../../names/inferState.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { behindLine, type Line } from "../../text/line.ts";
import { HiddenFrames } from "./hiddenFrames.ts";
import { describeProfile, isGoroutineProfile, otherProfile } from "./profileTypes.ts";
import { type ProfileLine, readProfileLine } from "./recordLine.ts";
import { say } from "../../text/say.ts";

/** The record whose frames are being read. */
interface Record {
  readonly line: Line;
  readonly count: number;
  readonly addresses: readonly string[];
  labels: readonly Label[];
  readonly functions: string[];
  /** As a condensed view says it. */
  state: string | undefined;
  /** Whether a blank line stands behind it. */
  isOver: boolean;
  /** Address of the first printed frame. */
  printed: string | undefined;
  stack: number;
}

/** What the line of a frame says. */
interface ReadFrame {
  /** Undefined: the line has none. */
  readonly address: string | undefined;
  /** Of the function; the address where it is not known. */
  readonly name: string;
  /** Number of the frame in the dump that is being read. */
  readonly frame: number;
}

/** Addresses of the row that a profile without its first line begins with: fewer may be something else. */
const LEAST_ADDRESSES = 2;

/** Reads `debug=1` profiles of goroutines: counted stacks without ids, states or waits. */
export class ProfileTextReader implements FormReader {
  readonly #context: ReadContext;
  #builder: DumpBuilder | null = null;
  /** What the first line says; null: the rows stand without it. */
  #announced: number | null = null;
  /** The rows below are of a profile of something else. */
  #isOther = false;
  #sum = 0;
  #hidden = new HiddenFrames();
  /** Lines that were met lately: frames of this dump, and the first lines of records, of which many differ in labels only. */
  #frames = new RecentTexts<ReadFrame>();
  readonly #rows = new RecentTexts<ProfileLine>();
  /** What stacks of this dump prove. */
  #states = new Map<number, string>();
  #record: Record | null = null;
  /** Of the lines that were taken. */
  #last: Line | null = null;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    if (this.#builder === null && !mayStart(line.text)) return this.#takeOther(line);
    const isMine = this.#takeKnown(line) || this.#take(line, this.#read(line.text));
    if (isMine) this.#last = line;
    return isMine;
  }

  end(_place: TextPlace, isCut: boolean): void {
    this.#closeDump(isCut);
  }

  #read(text: string): ProfileLine | undefined {
    const known = this.#rows.get(text);
    if (known !== undefined) return known;
    const read = readProfileLine(text.trimEnd());
    return read?.kind === "record" ? this.#rows.keep(text, read) : read;
  }

  #takeKnown({ text }: Line): boolean {
    const known = this.#record === null ? undefined : this.#frames.get(text);
    if (known === undefined) return false;
    this.#addFrame(this.#builder!, this.#record!, known);
    return true;
  }

  #take(line: Line, read: ProfileLine | undefined): boolean {
    if (read?.kind === "title") return this.#start(line, read.profile, read.total);
    const builder = this.#builder ?? this.#startWithout(line, read);
    if (builder === null) return this.#takeOther(line);
    if (line.text.trim() === "") {
      if (this.#record !== null) this.#record.isOver = true;
      return true;
    }
    if (read?.kind === "record") return this.#startRecord(line, read);
    if (read === undefined || this.#record === null || isComment(read, this.#record)) {
      this.#closeDump(false);
      return false;
    }
    if (read.kind === "labels") this.#record.labels = read.labels;
    else if (read.kind === "state") this.#record.state = read.state;
    else this.#readFrame(builder, this.#record, read, line.text);
    return true;
  }

  #startRecord(line: Line, { count, addresses }: ProfileLine & { kind: "record" }): boolean {
    this.#closeRecord();
    this.#record = {
      line,
      count,
      addresses,
      labels: [],
      functions: [],
      isOver: false,
      printed: undefined,
      state: undefined,
      stack: EMPTY_STACK,
    };
    return true;
  }

  #start(line: Line, profile: string, total: number): boolean {
    this.#closeDump(false);
    if (!isGoroutineProfile(profile)) return this.#note(line, profile);
    this.#open(line, profile, total);
    return true;
  }

  /** Rows that were copied without the first line: of goroutines, unless another profile's title stands above. */
  #startWithout(line: Line, read: ProfileLine | undefined): DumpBuilder | null {
    if (this.#isOther || read?.kind !== "record" || read.addresses.length < LEAST_ADDRESSES) return null;
    return this.#open(line, "goroutine", null);
  }

  #open(line: Line, profile: string, total: number | null): DumpBuilder {
    const builder = new DumpBuilder("profile-text", { line: line.number, offset: line.offset });
    builder.profile = profile;
    builder.time = this.#context.timeAbove(line.number);
    this.#builder = builder;
    this.#isOther = false;
    this.#announced = total;
    this.#sum = 0;
    this.#hidden = new HiddenFrames();
    this.#frames = new RecentTexts<ReadFrame>();
    this.#states = new Map();
    return builder;
  }

  #takeOther(line: Line): boolean {
    const other = otherProfile(line.text);
    return other !== undefined && this.#note(line, other);
  }

  #note(line: Line, profile: string): boolean {
    this.#isOther = true;
    this.#context.noted({ kind: "other-format", line: line.number, message: describeProfile(profile, []) });
    return true;
  }

  #readFrame(
    builder: DumpBuilder,
    record: Record,
    { address, place }: ProfileLine & { kind: "frame" },
    text: string,
  ): void {
    const name = place?.function ?? address ?? "";
    const frame = builder.frame(name, place?.file ?? null, place?.line ?? null);
    const read = { address: address ?? undefined, name, frame };
    // Without an address it may be a comment, see `isComment`.
    if (address !== null) this.#frames.keep(text, read);
    this.#addFrame(builder, record, read);
  }

  #addFrame(builder: DumpBuilder, record: Record, { address, name, frame }: ReadFrame): void {
    record.printed ??= address;
    record.functions.push(name);
    record.stack = builder.push(record.stack, frame);
  }

  #closeRecord(): void {
    const [builder, record] = [this.#builder, this.#record];
    this.#record = null;
    if (builder === null || record === null) return;
    // Records of Go 1.7 and before (debug=0) are addresses only. One address alone is that of a hidden runtime function.
    const isBare = record.functions.length === 0 && record.addresses.length > 1;
    for (const address of isBare ? record.addresses : []) {
      record.stack = builder.pushFrame(record.stack, address, null, null);
    }
    const state = record.state ?? this.#stateOf(record);
    const row = builder.add({
      line: record.line.number,
      offset: record.line.offset,
      state,
      stack: record.stack,
      labels: record.labels,
      weight: record.count,
      flags: (state === UNKNOWN_STATE ? 0 : Flag.inferredState) | this.#profileFlags,
    });
    if (record.printed !== undefined) this.#hidden.add(row, state, record.addresses, record.printed);
    this.#sum += record.count;
  }

  #stateOf({ stack, functions }: Record): string {
    let state = this.#states.get(stack);
    if (state === undefined) this.#states.set(stack, (state = inferState(functions, false)));
    return state;
  }

  get #profileFlags(): number {
    return this.#builder?.profile === "goroutineleak" ? Flag.leaked : 0;
  }

  #closeDump(isCut: boolean): void {
    this.#closeRecord();
    const builder = this.#builder;
    if (builder === null) return;
    for (const [row, state] of this.#hidden.states()) {
      const flag = state === undefined ? Flag.atChannel : Flag.inferredState;
      builder.replaceState(row, state ?? UNKNOWN_STATE, flag | this.#profileFlags);
    }
    this.#builder = null;
    const { line } = builder.start;
    if (this.#announced === null) {
      builder.notes.add("truncated", line, say`The first line of the profile is missing: rows may be missing as well.`);
    } else if (this.#sum !== this.#announced) {
      const message = say`The first line says ${this.#announced} goroutines, the records add up to ${this.#sum}.`;
      builder.notes.add("inconsistent", line, message);
    }
    const end = this.#last === null ? builder.start : behindLine(this.#last);
    if (isCut) builder.notes.add("truncated", end.line - 1, say`The text ends within a line: the profile was cut.`);
    this.#context.finished(builder.finish(end));
  }
}

/** Whether a profile may begin with that line: hardly any line of other texts has to be read further. */
function mayStart(text: string): boolean {
  return text.includes(" profile: total ") || text.includes(" @ 0x");
}

/** Below a blank line a frame without an address is something else: it looks like many a comment. */
function isComment(read: ProfileLine, { isOver }: Record): boolean {
  return isOver && read.kind === "frame" && read.address === null;
}

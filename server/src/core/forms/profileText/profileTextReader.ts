import { DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
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
  #record: Record | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    const mayStart = line.text.includes(" profile: total ") || line.text.includes(" @ 0x");
    if (this.#builder === null && !mayStart) return this.#takeOther(line);
    const isMine = this.#take(line, readProfileLine(line.text.trimEnd()));
    if (isMine) this.#end = behindLine(line);
    return isMine;
  }

  end(_place: TextPlace, isCut: boolean): void {
    this.#closeDump(isCut);
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
    else this.#addFrame(builder, this.#record, read);
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

  #addFrame(builder: DumpBuilder, record: Record, { address, place }: ProfileLine & { kind: "frame" }): void {
    const name = place?.function ?? address ?? "";
    record.printed ??= address ?? undefined;
    record.functions.push(name);
    record.stack = builder.pushFrame(record.stack, name, place?.file ?? null, place?.line ?? null);
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
    const state = record.state ?? inferState(record.functions, false);
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
    if (isCut)
      builder.notes.add("truncated", this.#end.line - 1, say`The text ends within a line: the profile was cut.`);
    this.#context.finished(builder.finish(this.#end));
  }
}

/** Below a blank line a frame without an address is something else: it looks like many a comment. */
function isComment(read: ProfileLine, { isOver }: Record): boolean {
  return isOver && read.kind === "frame" && read.address === null;
}

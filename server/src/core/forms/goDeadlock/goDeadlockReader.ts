import type { DeadlockPlace, DeadlockReport } from "../../model/deadlockReport.ts";
import { DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import { UNKNOWN_STATE } from "../../model/state.ts";
import { LIMIT_NOTES, LIMITS } from "../../text/limits.ts";
import { behindLine, type Line } from "../../text/line.ts";
import type { TextPlace } from "../../text/place.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { readReportLine, type ReportLine, readStackLine, type StackLine } from "./reportLine.ts";

/** A place being read. */
interface OpenPlace {
  readonly role: DeadlockPlace["role"];
  goroutine: number | null;
  lock: string | null;
  line: Line;
  stack: number;
  code: string | null;
  /** Frames so far. */
  frames: number;
}

/** The report being read. */
interface Report {
  readonly kind: DeadlockReport["kind"];
  readonly line: number;
  readonly places: DeadlockPlace[];
  waited: string | null;
  /** What the places below the last head are; null: what follows is something else. */
  role: DeadlockPlace["role"] | null;
  /** The place whose stack is being read, or comes next. */
  open: OpenPlace | null;
}

/**
 * Reads the reports of github.com/sasha-s/go-deadlock, which programs use in place of `sync`. All reports of a text are one
 * dump: a row is a goroutine that they name, where they show it first. What they print of a goroutine's stack as a traceback
 * is left to the reader of tracebacks.
 */
export class GoDeadlockReader implements FormReader {
  readonly #context: ReadContext;
  #builder: DumpBuilder | null = null;
  #report: Report | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    const text = line.text.trimEnd();
    const read = readReportLine(text);
    const isMine = read?.kind === "title" ? this.#start(line, read.report) : this.#takeIn(line, text, read);
    if (isMine) this.#end = behindLine(line);
    return isMine;
  }

  end(): void {
    this.#closeReport();
    if (this.#builder !== null) this.#context.finished(this.#builder.finish(this.#end));
    this.#builder = null;
  }

  #start(line: Line, kind: DeadlockReport["kind"]): true {
    this.#closeReport();
    if (this.#builder === null) {
      this.#builder = new DumpBuilder("go-deadlock", { line: line.number, offset: line.offset });
      this.#builder.time = this.#context.timeAbove(line.number);
    }
    // Of a recursion the stack of who asks for the lock stands directly below.
    const role = kind === "recursion" ? "wanted" : null;
    this.#report = { kind, line: line.number, places: [], waited: null, role, open: null };
    return true;
  }

  #takeIn(line: Line, text: string, read: ReportLine | undefined): boolean {
    const report = this.#report;
    if (report === null) return false;
    if (read !== undefined) return this.#takeHead(report, line, read);
    const { open } = report;
    if (open === null) return false;
    if (text === "") {
      if (open.frames > 0) this.#closePlace(report);
      return true;
    }
    const frame = readStackLine(text);
    if (frame !== undefined) this.#push(open, frame);
    return frame !== undefined;
  }

  #takeHead(report: Report, line: Line, read: ReportLine): boolean {
    if (read.kind === "owner") return this.#takeOwner(report, line, read);
    this.#closePlace(report);
    report.role = null;
    if (read.kind !== "head") return true;
    const above = read.isSame ? report.places.at(-1) : undefined;
    report.role = read.role;
    report.waited = read.waited ?? report.waited;
    report.open = { ...newPlace(read.role, line), goroutine: above?.goroutine ?? null, lock: above?.lock ?? null };
    return true;
  }

  /** Whose place it is; who hold other locks stand one behind the other, under one head. */
  #takeOwner(report: Report, line: Line, { goroutine, lock }: ReportLine & { kind: "owner" }): boolean {
    if (report.role === null) return false;
    this.#closePlace(report);
    report.open = { ...newPlace(report.role, line), goroutine, lock };
    return true;
  }

  #push(open: OpenPlace, { function: name, file, line, code }: StackLine): void {
    if (open.frames === 0) open.code = code;
    open.frames++;
    open.stack = this.#builder?.pushFrame(open.stack, name, file, line) ?? open.stack;
  }

  #closePlace(report: Report): void {
    const { open } = report;
    const builder = this.#builder;
    report.open = null;
    if (open === null || builder === null || open.frames === 0) return;
    const { role, goroutine, lock, line, stack, code } = open;
    const row = this.#addGoroutine(builder, report, open);
    if (report.places.length < LIMITS.deadlockPlaces)
      report.places.push({ role, goroutine, lock, line: line.number, stack, code, row });
    else builder.notes.count("limit", line.number, LIMIT_NOTES.deadlockPlaces);
  }

  /** Who asks for a lock in a recursion is just asking; what the others do is not said: their stacks are of the past. */
  #addGoroutine(builder: DumpBuilder, report: Report, { role, goroutine, line, stack }: OpenPlace): number | null {
    if (goroutine === null || builder.rowOfId(goroutine) >= 0) return null;
    const state = report.kind === "recursion" && role === "wanted" ? "running" : UNKNOWN_STATE;
    return builder.add({ id: goroutine, state, stack, line: line.number, offset: line.offset });
  }

  #closeReport(): void {
    const report = this.#report;
    this.#report = null;
    if (report === null) return;
    this.#closePlace(report);
    const { kind, line, places, waited } = report;
    this.#builder?.addDeadlockReport({ kind, line, endLine: this.#end.line, places, waited });
  }
}

function newPlace(role: DeadlockPlace["role"], line: Line): OpenPlace {
  return { role, goroutine: null, lock: null, line, stack: EMPTY_STACK, code: null, frames: 0 };
}

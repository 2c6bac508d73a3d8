import { DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
import type { RaceAccess, RaceCreation } from "../../model/race.ts";
import { withoutTypeArguments } from "../../names/typeArguments.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { behindLine, type Line } from "../../text/line.ts";
import { readCall, readLocation } from "../traceback/frameLine.ts";
import { type RaceLine, readRaceLine } from "./raceLine.ts";

/** The first race detector (2012) printed the address here, and no rules. */
const TITLE = /^WARNING: DATA RACE(?: at (0x[0-9a-f]+))?$/;
const RULE = /^={18}$/;
const NO_STACK = "[failed to restore the stack]";

/** A section of the open report, with the stack read so far. */
interface Section {
  readonly head: RaceLine;
  readonly line: Line;
  stack: number;
  /** The creator: the first frame of a creation's stack. */
  first: { readonly function: string; readonly file: string | null; readonly line: number | null } | null;
  isLost: boolean;
}

/** The report being read. */
interface Report {
  readonly line: number;
  /** The address that the title gives; null where the accesses have theirs. */
  readonly address: string | null;
  readonly sections: Section[];
  /** A call whose place has not come yet. */
  call: string | null;
}

/**
 * Reads the reports of the race detector. All reports of a text are one dump: a row is a goroutine whose creation a report
 * tells; its stack is where it accessed the memory. The numbers are the detector's own, not goroutine ids
 * (golang/go#28284).
 */
export class RaceReader implements FormReader {
  readonly #context: ReadContext;
  #builder: DumpBuilder | null = null;
  #report: Report | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    const title = TITLE.exec(line.text);
    const isMine =
      title === null ? this.#report !== null && this.#takeIn(this.#report, line) : this.#start(line, title[1] ?? null);
    if (isMine) this.#end = behindLine(line);
    return isMine;
  }

  end(): void {
    this.#closeReport();
    if (this.#builder !== null) this.#context.finished(this.#builder.finish(this.#end));
    this.#builder = null;
  }

  #start(line: Line, address: string | null): true {
    this.#closeReport();
    if (this.#builder === null) {
      this.#builder = new DumpBuilder("race", { line: line.number, offset: line.offset });
      this.#builder.time = this.#context.timeAbove(line.number);
    }
    this.#report = { line: line.number, address, sections: [], call: null };
    return true;
  }

  #takeIn(report: Report, line: Line): boolean {
    const text = line.text.trim();
    if (RULE.test(text)) {
      this.#closeReport();
      return true;
    }
    const head = readRaceLine(text);
    if (head !== undefined) {
      this.#closeCall(report);
      report.sections.push({ head, line, stack: EMPTY_STACK, first: null, isLost: false });
      return true;
    }
    const section = report.sections.at(-1);
    return text === "" || (section !== undefined && this.#takeFrame(report, section, text));
  }

  /** Calls are indented by two spaces, their places by six; copies lose that. */
  #takeFrame(report: Report, section: Section, text: string): boolean {
    if (text === NO_STACK) {
      section.isLost = true;
      return true;
    }
    const place = report.call === null ? undefined : readLocation(text, true);
    if (place !== undefined) {
      this.#push(section, report.call ?? "", place.file, place.line);
      report.call = null;
      return true;
    }
    const call = readCall(text);
    if (call === undefined) return false;
    this.#closeCall(report);
    report.call = call.function;
    return true;
  }

  /** A call without a place: the report is cut, or something was printed between. */
  #closeCall(report: Report): void {
    const section = report.sections.at(-1);
    if (report.call !== null && section !== undefined) this.#push(section, report.call, null, null);
    report.call = null;
  }

  #push(section: Section, name: string, file: string | null, line: number | null): void {
    const called = withoutTypeArguments(name);
    section.first ??= { function: called, file, line };
    section.stack = this.#builder?.pushFrame(section.stack, called, file, line) ?? section.stack;
  }

  #closeReport(): void {
    const [builder, report] = [this.#builder, this.#report];
    this.#report = null;
    if (builder === null || report === null) return;
    this.#closeCall(report);
    const accesses: RaceAccess[] = [];
    const creations: RaceCreation[] = [];
    for (const { head, line, stack, isLost } of report.sections) {
      const at = { line: line.number, stack: isLost ? null : stack };
      if (head.kind === "access")
        accesses.push({
          operation: head.operation,
          address: head.address ?? report.address,
          goroutine: head.goroutine,
          ...at,
        });
      if (head.kind === "creation") creations.push({ goroutine: head.goroutine, status: head.status, ...at });
    }
    builder.addRace({ line: report.line, endLine: this.#end.line, accesses, creations });
    for (const section of report.sections) this.#addGoroutine(builder, section, accesses);
  }

  #addGoroutine(builder: DumpBuilder, { head, line, first }: Section, accesses: readonly RaceAccess[]): void {
    if (head.kind !== "creation") return;
    const access = accesses.find(({ goroutine }) => goroutine === head.goroutine);
    const own = access?.stack ?? EMPTY_STACK;
    const stack = first === null ? own : builder.pushCreator(own, first.function, first.file, first.line);
    builder.add({ id: head.goroutine, line: line.number, offset: line.offset, state: head.status, stack });
  }
}

import { DumpBuilder } from "../../model/builder.ts";
import { LIMIT_NOTES } from "../../text/limits.ts";
import type { TextPlace } from "../../text/place.ts";
import { baseState } from "../../model/state.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { type Line, utf8Length } from "../../text/line.ts";
import { BodyParser } from "./body.ts";
import { BulkReader } from "./bulkReader.ts";
import { readCall } from "./frameLine.ts";
import { type Header, looksLikeHeader, readHeader } from "./header.ts";
import { IncidentReader, isLoggedPanic, startsIncident } from "./incidents.ts";
import { isOmission, LEFT_OUT } from "./omission.ts";
import { HEADERLESS, OpenGoroutine } from "./openGoroutine.ts";
import { Suspects } from "./suspects.ts";
import { say } from "../../text/say.ts";
import { append } from "../../lists.ts";

/** Where Go stops a `debug=2` dump, without a word (`runtime/pprof`, `writeGoroutineStacks`). */
const GO_SIZE_LIMIT = 64 * 1024 * 1024;

const RUNTIME_STACK = /^runtime stack:$/;
/** `GOTRACEBACK=crash` prints a section for each further thread behind such a line. */
const THREAD_SECTION = /^-----$/;
/** Registers, as `dumpregs` of each architecture prints them: one or two to a line. */
const REGISTERS = /^(?:[a-z][a-z0-9_]{1,7}\s+0x[0-9a-f]+\s*){1,2}$/;

/** A function's name that no sentence of another text is taken for. */
const SYMBOL = /^\S*[\w)\]]$/;

/** The goroutine (or stack without one) whose lines are being read. */
interface Open {
  readonly goroutine: OpenGoroutine;
  readonly body: BodyParser;
}

/**
 * Reads tracebacks: panics, fatal errors, SIGQUIT, `debug=2`, `runtime.Stack`, one line at a time. A text may hold
 * several dumps, and program output between and within them.
 */
export class TracebackReader implements FormReader {
  readonly #context: ReadContext;
  readonly #suspects = new Suspects();
  #builder: DumpBuilder | null = null;
  #bulkReader: BulkReader | null = null;
  #incidents = new IncidentReader();
  #open: Open | null = null;
  /** The last line was `-----`; and: what follows are the sections of further threads, not another dump. */
  #isSectionMark = false;
  #inThreadSection = false;
  /** Other text stood between the last goroutine and here. */
  #isInterrupted = false;
  /** The line of other text directly above, which may say why a goroutine is printed. */
  #lead: Line | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    if (!this.#suspects.isEmpty && this.#takeSuspect(line)) return true;
    const isMine = this.#takeLine(line);
    if (isMine && this.#builder !== null) {
      this.#end = { line: line.number + 1, offset: line.offset + utf8Length(line.text, line.text.length) };
    }
    return isMine;
  }

  /**
   * The builder to read into when the next goroutines may be read in bulk, else null. The first goroutine of a dump is
   * always read by lines, and so is whatever stands around it.
   */
  get bulkBuilder(): DumpBuilder | null {
    const isPlain = !this.#isInterrupted && !this.#inThreadSection && !this.#isSectionMark && this.#suspects.isEmpty;
    if (!isPlain || this.#open !== null || this.#incidents.hasPending) return null;
    return this.#builder !== null && this.#builder.length > 0 ? this.#builder : null;
  }

  /** What reads into {@link bulkBuilder}. */
  get bulkReader(): BulkReader | null {
    const builder = this.bulkBuilder;
    if (builder === null) return null;
    if (this.#bulkReader?.builder !== builder) this.#bulkReader = new BulkReader(builder);
    return this.#bulkReader;
  }

  /** Goroutines were read in bulk up to that place. */
  endBulk(end: TextPlace): void {
    this.#end = end;
    this.#lead = null;
  }

  /** A line no reader knows: noise within a goroutine, or other text between them. */
  skip(line: Line): void {
    if (isOmission(line.text)) this.#noteOmission(line);
    if (this.#open !== null && !isLoggedPanic(line.text) && this.#open.body.noise(line)) return;
    this.interrupt();
    this.#lead = line;
  }

  /** A line of another form: it ends the goroutine that is open. */
  interrupt(): void {
    this.#closeGoroutine();
    this.#lead = null;
    this.#isInterrupted = true;
    this.#inThreadSection = false;
    this.#incidents.interrupt();
  }

  #noteOmission({ number }: Line): void {
    this.#builder?.notes.count("truncated", number, LEFT_OUT);
  }

  end(_place: TextPlace, isCut: boolean): void {
    this.#replaySuspects();
    const isWaiting = this.#open?.body.isWaiting === true && !this.#open.body.isParted;
    if (isCut || isWaiting) this.#open?.goroutine.markCut(isWaiting, this.#end.line - 1);
    this.#closeGoroutine();
    this.#closeDump();
    this.#closeIncidents();
  }

  #takeLine(line: Line): boolean {
    const header = looksLikeHeader(line.text) ? readHeader(line.text) : undefined;
    if (header !== undefined) {
      if (this.#incidents.awaitsPanicking && !isRunning(header) && header.id !== 0) this.#suspects.add(line);
      else this.#startGoroutine(header, line);
      return true;
    }
    if (this.#open !== null && this.#takeInBody(line, this.#open)) return true;
    return this.#takeOutside(line);
  }

  /** In a body a blank line ends it, and a call or place is its own; anything else may be another form's. */
  #takeInBody(line: Line, { body }: Open): boolean {
    if (line.text.trim() === "") {
      if (body.endsAtBlank()) this.#closeGoroutine();
      return true;
    }
    if (body.take(line)) return true;
    if (body.isParted) this.#closeGoroutine();
    return false;
  }

  #takeOutside(line: Line): boolean {
    const { text } = line;
    if (text === "" && this.#open === null) {
      this.#incidents.close();
      this.#incidents.interrupt();
      this.#lead = null;
      return this.#builder !== null;
    }
    if (THREAD_SECTION.test(text) && this.#builder !== null) {
      this.#closeGoroutine();
      this.#isSectionMark = true;
      return true;
    }
    if (RUNTIME_STACK.test(text)) {
      this.#openStack(null, "runtime stack", line);
      return true;
    }
    if (this.#takeIncident(line)) return true;
    if (REGISTERS.test(text) && this.#builder !== null) {
      this.#closeGoroutine();
      return true;
    }
    if (this.#open !== null) return false;
    return this.#takeHeaderless(line);
  }

  #takeIncident(line: Line): boolean {
    if (this.#open !== null && !startsIncident(line.text)) return false;
    this.#closeGoroutine();
    const taken = this.#incidents.take(line);
    if (taken === "none") return false;
    if (taken === "start") {
      this.#inThreadSection = this.#isSectionMark;
      if (this.#inThreadSection) this.#incidents.forgetLast();
      else this.#isInterrupted = true;
      this.#isSectionMark = false;
    }
    return true;
  }

  /** Frames without a header: a Windows exception's goroutine, or a paste that lost its beginning. */
  #takeHeaderless(line: Line): boolean {
    if (!SYMBOL.test(readCall(line.text)?.function ?? "")) return false;
    const title = this.#incidents.lastKind === "exception" ? "faulting goroutine" : HEADERLESS;
    this.#openStack(null, title, line);
    return this.#open !== null && this.#open.body.take(line);
  }

  #startGoroutine(header: Header, line: Line): void {
    this.#suspects.clear();
    this.#closeGoroutine();
    if (this.#isNextDump(header)) this.#closeDump();
    if (isRunning(header) && this.#lead !== null) this.#incidents.addLead(this.#lead);
    this.#openStack(header, "", line);
    this.#isInterrupted = false;
    this.#lead = null;
  }

  /**
   * Ids are never reused, so a repeated one begins another dump; so does a running goroutine behind other text: the one
   * that prints a dump comes first in it, unless it was cut out: then the second death tells. (Id 0 is each thread's
   * scheduler.)
   */
  #isNextDump(header: Header): boolean {
    if (this.#builder === null || this.#builder.length === 0 || this.#inThreadSection) return false;
    if (header.id !== 0 && this.#builder.rowOfId(header.id) >= 0) return true;
    return this.#isInterrupted && (isRunning(header) || this.#incidents.isSecondDeath);
  }

  #openStack(header: Header | null, title: string, line: Line): void {
    this.#closeGoroutine();
    const place = { line: line.number, offset: line.offset };
    this.#builder ??= this.#startDump(this.#incidents.start ?? place);
    const goroutine = new OpenGoroutine(this.#builder, header, title, place);
    this.#open = { goroutine, body: new BodyParser(goroutine) };
  }

  #startDump(place: TextPlace): DumpBuilder {
    const builder = new DumpBuilder("traceback", place);
    builder.time = this.#context.timeAbove(place.line);
    return builder;
  }

  #closeGoroutine(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    open.body.end();
    const row = open.goroutine.close();
    if (row >= 0 && open.goroutine.header !== null) this.#incidents.attach(row, open.goroutine.header);
    else if (this.#builder?.isEmpty === true) this.#builder = null;
  }

  #closeDump(): void {
    const builder = this.#builder;
    this.#builder = null;
    this.#inThreadSection = false;
    if (builder === null) return;
    append(builder.incidents, this.#incidents.release());
    if (builder.isEmpty) return;
    this.#noteLeftOut(builder);
    if (this.#end.offset - builder.start.offset === GO_SIZE_LIMIT) {
      builder.notes.add(
        "size-limit",
        this.#end.line - 1,
        say`Go stops at 64 MB: goroutines behind this place are missing.`,
      );
    }
    this.#context.finished(builder.finish(this.#end));
  }

  /** A death without stacks (`GOTRACEBACK=none`) is a dump as well. */
  #closeIncidents(): void {
    const { start, end } = this.#incidents;
    if (start === null) return;
    const builder = this.#startDump(start);
    append(builder.incidents, this.#incidents.releaseRest());
    this.#noteLeftOut(builder);
    this.#context.finished(builder.finish(end));
  }

  #noteLeftOut({ incidents, notes, start }: DumpBuilder): void {
    const leftOut = this.#incidents.takeLeftOut();
    if (leftOut === 0) return;
    notes.count("limit", incidents.at(-1)?.line ?? start.line, LIMIT_NOTES.incidents, leftOut);
  }

  /** Keeps lines that may be part of a panic's value until the panicking goroutine shows that they are. */
  #takeSuspect(line: Line): boolean {
    const header = looksLikeHeader(line.text) ? readHeader(line.text) : undefined;
    if (header !== undefined && isRunning(header)) return false;
    if (this.#suspects.add(line)) return true;
    this.#replaySuspects();
    return false;
  }

  /** The panicking goroutine never came: the lines were goroutines after all. */
  #replaySuspects(): void {
    const lines = this.#suspects.clear();
    if (lines.length === 0) return;
    this.#incidents.stopAwaiting();
    for (const line of lines) if (!this.take(line)) this.skip(line);
  }
}

function isRunning(header: Header): boolean {
  return baseState(header.state) === "running";
}

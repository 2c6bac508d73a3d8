import type { Incident } from "../../model/incident.ts";
import { baseState } from "../../model/state.ts";
import type { TextPlace } from "../../text/place.ts";
import { type Line, offsetOf } from "../../text/line.ts";
import type { Header } from "./header.ts";
import { LIMITS } from "../../text/limits.ts";

/** Lines of one message that are kept; a panic value may be megabytes. */
const MESSAGE_LIMIT = 200;
/** Running tests of one incident that are kept. */
const TEST_LIMIT = 1000;

const PANIC = /^(\t*)panic: (.*)$/s;
/** `throw:` until Go 1.1. */
const FATAL = /^(\t*)(?:fatal error|throw): (.*)$/s;
/** `sigtable` of the runtime per system; a signal without a name is printed as its number. */
const SIGNAL = /^(SIG[A-Z0-9]+: .*|[Ss]ignal \d+)$/;
const EXCEPTION = /^Exception 0x[0-9a-f]+ 0x[0-9a-f]+ 0x[0-9a-f]+ 0x[0-9a-f]+/;
const SIGNAL_DETAIL = /^\[signal (.+?)(?: code=0x[0-9a-f]+)?(?: addr=0x[0-9a-f]+)?(?: pc=0x[0-9a-f]+)?\]$/;
const RECOVERED = / \[recovered(?:, repanicked)?\]$/;
const REPANICKED = / \[recovered, repanicked\]$/;
const RUNNING_TESTS = /^\t?running tests:$/;
const RUNNING_TEST = /^\t{1,2}(\S.* \(\S+\))$/;
/** `http: panic serving 127.0.0.1:5000: boom` (net/http), and what other programs log of a recovered panic. */
const LOGGED_PANIC = /\bpanic(?: serving (?:\[[^\s\]]*\]|[^\s:[\]]+)(?::\d+)?| recovered|ked)?: ?(.*)/s;
/** Lines the runtime prints around an incident and that say nothing of their own. */
const COMPANION =
  /^(?:PC=0x[0-9a-f]+|runtime: |unexpected fault address |accessed data from freed user arena |signal arrived during |instruction bytes: |panic during |stack trace unavailable|exit status \d+$|goroutine \d+ is locked)/;

/** What became of a line: it began an incident, belonged to one, or neither. */
type Taken = "start" | "part" | "none";

type OpenIncident = { -readonly [Key in keyof Incident]: Incident[Key] } & { runningTests: string[] };

/** Fatal errors and signals happen to goroutines that run, or are in C or the system. */
const CAN_DIE = /^(?:running|runnable|syscall|copystack|preempted|GC assist)/;
/** Nobody runs: main, which stands first, is as good a place as any. */
const ALL_ASLEEP = /^all goroutines are asleep/;

/** Whether an incident may have happened on a goroutine in that state. */
function mayHappenTo({ kind, message }: Incident, state: string): boolean {
  if (kind === "panic") return state === "running";
  return CAN_DIE.test(state) || ALL_ASLEEP.test(message);
}

function isDeath({ kind, recovered, isLink }: Incident): boolean {
  return (kind === "panic" || kind === "fatal-error") && !recovered && !isLink;
}

/** Whether a line of a log says that it is about a panic. */
export function isLoggedPanic(text: string): boolean {
  return LOGGED_PANIC.test(text);
}

/** Whether a line begins an incident wherever it stands. */
export function startsIncident(text: string): boolean {
  return (PANIC.test(text) || FATAL.test(text) || SIGNAL.test(text) || EXCEPTION.test(text)) && !text.startsWith("\t");
}

/**
 * Reads the lines a dying program prints before its goroutines: panics (chains of them), fatal errors, signals. A line
 * continues a message until a blank line ends it.
 */
export class IncidentReader {
  #incidents: OpenIncident[] = [];
  /** Of so many of them, the first ones, a goroutine of their dump has come. */
  #dumped = 0;
  /** For so many the goroutine has come that they happened on, or one that shows that it is missing. */
  #settled = 0;
  #leftOut = 0;
  #open: OpenIncident | null = null;
  #inTests = false;
  #end: TextPlace = { line: 0, offset: 0 };
  #awaits = false;
  /** The line above was one of the last incident's own. */
  #isAdjacent = false;

  /** The first incident that is not released yet; null when there is none. */
  get start(): Incident | null {
    return this.#incidents[this.#dumped] ?? null;
  }

  /** Whether an incident waits for its goroutine. */
  get hasPending(): boolean {
    return this.#settled < this.#incidents.length;
  }

  /** TextPlace behind the last line taken. */
  get end(): TextPlace {
    return this.#end;
  }

  /** Whether one that ends its program has begun behind the goroutines of another one: a program dies but once. */
  get isSecondDeath(): boolean {
    const next = this.#incidents[this.#dumped];
    return next !== undefined && isDeath(next) && this.#incidents.slice(0, this.#dumped).some(isDeath);
  }

  get lastKind(): Incident["kind"] | null {
    return this.#incidents.at(-1)?.kind ?? null;
  }

  /** Behind a panic, before its goroutine. */
  get awaitsPanicking(): boolean {
    return this.#awaits;
  }

  stopAwaiting(): void {
    this.#awaits = false;
  }

  take(line: Line): Taken {
    const taken = this.#take(line);
    this.#isAdjacent = taken === "start" || (taken === "part" && !COMPANION.test(line.text));
    if (taken !== "none") this.#end = { line: line.number + 1, offset: offsetOf(line, line.text.length) };
    return taken;
  }

  /** Another line stands here: what follows is no link of the chain above. */
  interrupt(): void {
    this.#isAdjacent = false;
  }

  /** Ends the message that is open: at a blank line or the first goroutine. */
  close(): void {
    const open = this.#open;
    this.#open = null;
    this.#inTests = false;
    if (open === null) return;
    open.recovered = RECOVERED.test(open.message) && !REPANICKED.test(open.message);
    open.message = open.message.replace(RECOVERED, "");
  }

  /**
   * Names the goroutine that follows as the one on which the incidents since the last goroutine happened, when it may be:
   * else that one was cut out of the text. Goroutine 0 is a thread's scheduler, behind which the right one comes.
   */
  attach(row: number, { id, state }: Pick<Header, "id" | "state">): void {
    this.close();
    this.#awaits = false;
    this.#dumped = this.#incidents.length;
    if (id === 0) return;
    for (; this.#settled < this.#incidents.length; this.#settled++) {
      const incident = this.#incidents[this.#settled]!;
      if (mayHappenTo(incident, baseState(state))) incident.goroutine = row;
    }
  }

  /** Takes a log line above a running goroutine for an incident when it says that it is about a panic. */
  addLead(line: Line): void {
    const panic = LOGGED_PANIC.exec(line.text);
    if (panic === null || this.#open !== null) return;
    const incident = this.#begin("panic", panic[1] ?? "", line);
    this.close();
    incident.recovered = true;
  }

  /** Drops the incident that has just begun: a thread's section repeats the signal. */
  forgetLast(): void {
    if (this.#incidents.at(-1) === this.#open) this.#incidents.pop();
    this.#open = null;
  }

  /** Gives the incidents to the dump that ends; those whose goroutine has not come yet belong to the next dump. */
  release(): readonly Incident[] {
    const released = this.#incidents.splice(0, this.#dumped);
    this.#settled = Math.max(0, this.#settled - this.#dumped);
    this.#dumped = 0;
    return released;
  }

  /** Gives the incidents that no goroutine followed. */
  releaseRest(): readonly Incident[] {
    this.close();
    [this.#dumped, this.#settled] = [0, 0];
    return this.#incidents.splice(0);
  }

  /** How many incidents were left out, since it was asked for last, because there were too many. */
  takeLeftOut(): number {
    const count = this.#leftOut;
    this.#leftOut = 0;
    return count;
  }

  #take(line: Line): Taken {
    if (this.#takeStart(line)) return "start";
    if (this.#takeSignalDetail(line.text) || COMPANION.test(line.text)) return "part";
    return this.#open !== null && line.text !== "" && this.#continue(line, this.#open) ? "part" : "none";
  }

  #takeStart(line: Line): boolean {
    const { text } = line;
    const panic = PANIC.exec(text);
    const link = panic ?? FATAL.exec(text);
    // A TAB in front says that it is a link of the chain above (or, in Go 1.26+, a throw while panicking).
    if (link !== null && (link[1] === "" || this.#open !== null)) {
      this.#begin(panic === null ? "fatal-error" : "panic", link[2] ?? "", line);
      return true;
    }
    const isSignal = SIGNAL.test(text);
    if (!isSignal && !EXCEPTION.test(text)) return false;
    this.#begin(isSignal ? "signal" : "exception", text, line).signal = isSignal ? text : null;
    return true;
  }

  #begin(kind: Incident["kind"], message: string, line: Line): OpenIncident {
    this.close();
    this.#awaits = kind === "panic";
    const started: OpenIncident = {
      kind,
      message,
      line: line.number,
      offset: line.offset,
      lines: 1,
      isLink: this.#isAdjacent,
      recovered: false,
      signal: null,
      goroutine: null,
      runningTests: [],
    };
    this.#open = started;
    if (this.#incidents.length < LIMITS.incidents) this.#incidents.push(started);
    else this.#leftOut++;
    return started;
  }

  /** `[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4b5fbe]` belongs to the incident above it. */
  #takeSignalDetail(text: string): boolean {
    const detail = SIGNAL_DETAIL.exec(text);
    const last = this.#incidents.at(-1);
    if (detail === null || last === undefined) return false;
    last.signal = detail[1] ?? null;
    last.lines++;
    return true;
  }

  #continue(line: Line, open: OpenIncident): boolean {
    if (open.kind === "signal" || open.kind === "exception") return false;
    open.lines = line.number - open.line + 1;
    if (RUNNING_TESTS.test(line.text)) this.#inTests = true;
    const test = this.#inTests ? RUNNING_TEST.exec(line.text) : null;
    if (test !== null && open.runningTests.length < TEST_LIMIT) open.runningTests.push(test[1] ?? "");
    else if (!this.#inTests && open.lines <= MESSAGE_LIMIT) open.message += `\n${line.text.replace(/^\t/, "")}`;
    return true;
  }
}

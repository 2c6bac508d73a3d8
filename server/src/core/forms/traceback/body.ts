import { joinLines, type Line } from "../../text/line.ts";
import {
  areMoreArguments,
  type CallLine,
  type CreatedByLine,
  isNonGoFunction,
  isUnavailable,
  isUnfinishedCall,
  type LocationLine,
  mayBeName,
  readAncestor,
  readCall,
  readCreatedBy,
  readElided,
  readLocation,
  readMore,
  readPlacedCall,
} from "./frameLine.ts";

/** What the lines below a header say, in their order. */
export interface BodySink {
  /** A call. `at` is its first line; `where` is null when its second line is missing. */
  frame(call: CallLine, at: Line, place: LocationLine | null, where: Line | null): void;
  createdBy(creator: CreatedByLine, at: Line, place: LocationLine | null, where: Line | null): void;
  /** Frames that Go left out; null when it does not say how many. */
  elided(count: number | null, at: Line): void;
  unavailable(at: Line): void;
  /** So many goroutines more are like this one (condensed dumps). */
  more(count: number, at: Line): void;
  /** A block of the creator's stack begins: history, not part of the stack. */
  ancestor(id: number, at: Line): void;
  /** A line that fits nothing. */
  unparsed(at: Line): void;
}

/** Lines in a row that fit nothing before a goroutine counts as ended. */
const NOISE_LIMIT = 3;

/** A first line that waits for its second. `name`: it may be a frame without parentheses, or noise. */
type Pending =
  | { readonly kind: "call"; readonly call: CallLine; readonly at: Line }
  | { readonly kind: "createdBy"; readonly creator: CreatedByLine; readonly at: Line }
  | { readonly kind: "name"; readonly at: Line };

/**
 * Reads the lines below a header, one at a time; the same for the parser and for reading one goroutine again.
 * Nothing is lost: each line ends up in a call of the sink.
 */
export class BodyParser {
  readonly #sink: BodySink;
  #pending: Pending | null = null;
  #noise = 0;
  /** Lines taken, and blank lines since the last one. */
  #lines = 0;
  #blanks = 0;
  /** Copies of terminals have a blank line behind each line: the first call stands behind one. */
  #isSpaced = false;

  constructor(sink: BodySink) {
    this.#sink = sink;
  }

  /** Whether the last line is a call whose place has not come yet, or the beginning of one. */
  get isWaiting(): boolean {
    if (this.#pending?.kind === "name") return isUnfinishedCall(this.#pending.at.text);
    return this.#pending !== null && !(this.#pending.kind === "call" && this.#pending.call.args === null);
  }

  /** Whether a blank line stands between the last call and its place, if the place comes at all. */
  get isParted(): boolean {
    return this.#blanks > 0 && this.#awaitsPlace;
  }

  get #awaitsPlace(): boolean {
    const pending = this.#pending;
    return pending?.kind === "createdBy" || (pending?.kind === "call" && pending.call.args !== null);
  }

  /** Takes a line that is surely one of a goroutine; false: it may be anything, see {@link noise}. */
  take(line: Line): boolean {
    if (this.isParted && !this.#isSpaced && readLocation(line.text, false) === undefined) return false;
    const isKnown = this.#take(line);
    if (isKnown) {
      this.#isSpaced ||= this.#lines === 0 && this.#blanks === 1;
      this.#lines++;
      this.#blanks = 0;
    }
    return isKnown;
  }

  /** Whether the goroutine ends with this blank line; else it stands between two of its lines. */
  endsAtBlank(): boolean {
    this.#blanks++;
    const isWithin = this.#isSpaced || this.#lines === 0 || this.#awaitsPlace;
    return !isWithin || this.#blanks > 1;
  }

  #take(line: Line): boolean {
    if (this.#takePlacedCall(line)) return true;
    if (this.#pending !== null && this.#takePlace(line, this.#pending)) return true;
    if (this.#pending?.kind === "name" && this.#takeRest(line, this.#pending.at)) return true;
    const isKnown = this.#takeMark(line) || this.#takeCall(line) || this.#takeCreatedBy(line);
    if (isKnown) this.#noise = 0;
    return isKnown;
  }

  /** Takes a line nobody knows. False: too many in a row, the goroutine has ended before this one. */
  noise(line: Line): boolean {
    this.#flush();
    if (this.#noise === NOISE_LIMIT || this.#blanks > 0) return false;
    this.#noise++;
    this.#pending = { kind: "name", at: line };
    return true;
  }

  /** Ends the goroutine: what still waits comes without its place. */
  end(): void {
    this.#flush();
    this.#noise = 0;
  }

  #takePlace(line: Line, pending: Pending): boolean {
    const isBare = pending.kind !== "name" && readCall(line.text) === undefined;
    const place = readLocation(line.text, isBare);
    if (place === undefined || (pending.kind === "name" && !mayBeName(pending.at.text.trim()))) return false;
    this.#pending = null;
    this.#noise = 0;
    if (pending.kind === "createdBy") this.#sink.createdBy(pending.creator, pending.at, place, line);
    else if (pending.kind === "call") this.#sink.frame(pending.call, pending.at, place, line);
    else this.#sink.frame({ function: pending.at.text.trim(), args: null }, pending.at, place, line);
    return true;
  }

  /** Puts a call together whose arguments were wrapped. */
  #takeRest(line: Line, start: Line): boolean {
    if (!areMoreArguments(line.text) || !isUnfinishedCall(start.text)) return false;
    const at = joinLines([start, line]);
    const call = readCall(at.text);
    if (call === undefined && !isUnfinishedCall(at.text)) return false;
    this.#pending = call === undefined ? { kind: "name", at } : { kind: "call", call, at };
    this.#noise = 0;
    return true;
  }

  #takeMark(line: Line): boolean {
    const { text } = line;
    const elided = readElided(text);
    const ancestor = readAncestor(text);
    if (elided === undefined && ancestor === undefined && !isUnavailable(text) && !isNonGoFunction(text)) {
      return this.#takeMore(line);
    }
    this.#flush();
    if (elided !== undefined) this.#sink.elided(elided, line);
    else if (ancestor !== undefined) this.#sink.ancestor(ancestor, line);
    else if (isUnavailable(text)) this.#sink.unavailable(line);
    else this.#pending = { kind: "call", call: { function: "non-Go function", args: null }, at: line };
    return true;
  }

  #takeMore(line: Line): boolean {
    const more = readMore(line.text);
    if (more === undefined) return false;
    this.#flush();
    this.#sink.more(more, line);
    return true;
  }

  #takePlacedCall(line: Line): boolean {
    const placed = readPlacedCall(line.text);
    if (placed === undefined) return false;
    this.#flush();
    this.#noise = 0;
    this.#sink.frame(placed.call, line, placed.place, line);
    return true;
  }

  #takeCall(line: Line): boolean {
    const call = readCall(line.text);
    if (call === undefined) return false;
    this.#flush();
    this.#pending = { kind: "call", call, at: line };
    return true;
  }

  #takeCreatedBy(line: Line): boolean {
    const creator = readCreatedBy(line.text);
    if (creator === undefined) return false;
    this.#flush();
    this.#pending = { kind: "createdBy", creator, at: line };
    return true;
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending === null) return;
    if (pending.kind === "call") this.#sink.frame(pending.call, pending.at, null, null);
    else if (pending.kind === "createdBy") this.#sink.createdBy(pending.creator, pending.at, null, null);
    else this.#sink.unparsed(pending.at);
  }
}

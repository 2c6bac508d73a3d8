import { DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
import { Flag, type Label, NO_WAIT, readId } from "../../model/dump.ts";
import { UNKNOWN_STATE } from "../../names/inferState.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { behindLine, type Line } from "../../text/line.ts";
import { readWaited } from "./waited.ts";

/**
 * `* Goroutine 18 - User: /src/x/w.go:40 main.(*W).run (0x4b2c3d) (thread 12) [chan receive 171654321098765]`
 * (`service/api/prettyprint.go`, `pkg/terminal/command.go` of go-delve/delve); TABs in front within groups.
 */
const START = /^\s*[* ]? ?Goroutine (\d+) - (User|Runtime|Go|Start): /;
const ADDRESS = / \(0x[0-9a-f]+\)/;
const LINE_NUMBER = /:(\d+) (?=\S)/g;
const BEHIND_ADDRESS = /^(?: \(thread (-?\d+)\))?(?: \[(.+)\])?$/;
const LABELS = /^\s*Labels: (.*)$/;
const LABEL = /(?:, )?"((?:[^"\\]|\\.)*)":"((?:[^"\\]|\\.)*)"/y;
const CALL = /^\s*(\d+) {2}(0x[0-9a-f]+) in (\S.*)$/;
const PLACE = /^\s+at (.+):(\d+)$/;
const TRUNCATED = /^\s*\(truncated\)$/;
/** What stands around the goroutines: totals, titles of groups, arguments and locals (`-full`). */
const AROUND = /^(?:\[\d+ goroutines?\]|\s*Total: \d+|Too many groups|\s+\w[\w.]* = .*|\(dlv\) .*)$/;

interface Open {
  readonly line: Line;
  readonly id: number;
  readonly state: string;
  readonly wait: number;
  /** Where Delve says that it is, for lists without stacks. */
  readonly kind: string;
  readonly location: { readonly function: string; readonly file: string; readonly line: number };
  labels: readonly Label[];
  /** The function whose place has not come yet. */
  call: string | null;
  stack: number;
  flags: number;
}

/** Reads what Delve's `goroutines` prints, with stacks (`-t`) or without. */
export class DelveReader implements FormReader {
  readonly #context: ReadContext;
  #builder: DumpBuilder | null = null;
  #open: Open | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    const isMine =
      this.#start(line) || (this.#open !== null && this.#takeIn(this.#open, line.text)) || this.#takeAround(line);
    if (isMine) this.#end = behindLine(line);
    return isMine;
  }

  end(): void {
    this.#closeGoroutine();
    if (this.#builder !== null) this.#context.finished(this.#builder.finish(this.#end));
    this.#builder = null;
  }

  #start(line: Line): boolean {
    const entry = line.text.includes("Goroutine ") ? readEntry(line.text) : undefined;
    if (entry === undefined) return false;
    const { id, kind, location, thread, reason } = entry;
    this.#closeGoroutine();
    if (this.#builder === null) {
      this.#builder = new DumpBuilder("delve", { line: line.number, offset: line.offset });
      this.#builder.time = this.#context.timeAbove(line.number);
    }
    const { state, wait } = readWaited(reason);
    this.#open = {
      line,
      id,
      state: state !== "" ? state : thread === null ? UNKNOWN_STATE : "running",
      wait: wait ?? NO_WAIT,
      kind,
      location,
      labels: [],
      call: null,
      stack: EMPTY_STACK,
      flags: 0,
    };
    return true;
  }

  #takeIn(open: Open, text: string): boolean {
    const place = open.call === null ? null : PLACE.exec(text);
    if (place !== null) {
      this.#push(open, place[1] ?? null, Number(place[2]));
      return true;
    }
    const call = CALL.exec(text);
    if (call !== null) {
      this.#push(open, null, null);
      open.call = call[3] ?? "";
      return true;
    }
    const labels = LABELS.exec(text);
    if (labels !== null) {
      open.labels = readLabels(labels[1] ?? "");
      return true;
    }
    if (!TRUNCATED.test(text)) return false;
    this.#push(open, null, null);
    open.stack = this.#builder?.pushElided(open.stack) ?? open.stack;
    open.flags |= Flag.elided;
    return true;
  }

  #takeAround({ text }: Line): boolean {
    return this.#builder !== null && (text.trim() === "" || AROUND.test(text));
  }

  /** Ends the call that waits for its place. */
  #push(open: Open, file: string | null, line: number | null): void {
    if (open.call !== null && this.#builder !== null) {
      open.stack = this.#builder.pushFrame(open.stack, open.call, file, line);
    }
    open.call = null;
  }

  #closeGoroutine(): void {
    const [builder, open] = [this.#builder, this.#open];
    this.#open = null;
    if (builder === null || open === null) return;
    this.#push(open, null, null);
    const { id, state, wait, labels, location, line } = open;
    if (open.stack === EMPTY_STACK) {
      const push = open.kind === "Go" ? "pushCreator" : "pushFrame";
      open.stack = builder[push](EMPTY_STACK, location.function, location.file, location.line);
    }
    const { stack, flags } = open;
    builder.add({ id, line: line.number, offset: line.offset, state, wait, labels, stack, flags });
  }
}

/** A goroutine's own line, taken apart by searches: one pattern for it would try each of its parts at each place. */
interface Entry extends Pick<Open, "id" | "kind" | "location"> {
  readonly thread: string | null;
  readonly reason: string;
}

function readEntry(text: string): Entry | undefined {
  const start = START.exec(text);
  if (start === null) return undefined;
  const rest = text.slice(start[0].length).trimEnd();
  const address = ADDRESS.exec(rest);
  if (address === null) return undefined;
  const behind = BEHIND_ADDRESS.exec(rest.slice(address.index + address[0].length));
  const place = rest.slice(0, address.index);
  const number = [...place.matchAll(LINE_NUMBER)].at(-1);
  if (behind === null || number === undefined || number.index === 0) return undefined;
  const location = {
    function: place.slice(number.index + number[0].length),
    file: place.slice(0, number.index),
    line: Number(number[1]),
  };
  const [, thread = null, reason = ""] = behind;
  return { id: readId(start[1] ?? ""), kind: start[2] ?? "", location, thread, reason };
}

/** Labels one behind the other: looked for anywhere, each quote would be tried as the beginning of one. */
function readLabels(text: string): readonly Label[] {
  const labels: Label[] = [];
  LABEL.lastIndex = 0;
  for (let label = LABEL.exec(text); label !== null; label = LABEL.exec(text)) {
    labels.push([label[1] ?? "", label[2] ?? ""]);
  }
  return labels;
}

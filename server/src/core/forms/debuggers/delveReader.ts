import { DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { Place } from "../../text/place.ts";
import { Flag, type Label, NO_WAIT } from "../../model/dump.ts";
import { UNKNOWN_STATE } from "../../names/inferState.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { behindLine, type Line, SHORT_LINE } from "../../text/line.ts";
import { readWaited } from "./waited.ts";

/**
 * `* Goroutine 18 - User: /src/x/w.go:40 main.(*W).run (0x4b2c3d) (thread 12) [chan receive 171654321098765]`
 * (`service/api/prettyprint.go`, `pkg/terminal/command.go` of go-delve/delve); TABs in front within groups.
 */
const GOROUTINE =
  /^\s*[* ]? ?Goroutine (\d+) - (User|Runtime|Go|Start): (.+):(\d+) (\S.*) \((0x[0-9a-f]+)\)(?: \(thread (-?\d+)\))?(?: \[(.+)\])?\s*$/;
const LABELS = /^\s*Labels: (.*)$/;
const LABEL = /"((?:[^"\\]|\\.)*)":"((?:[^"\\]|\\.)*)"/g;
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
  #end: Place = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    if (line.text.length > SHORT_LINE) return false;
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
    if (!line.text.includes("Goroutine ")) return false;
    const match = GOROUTINE.exec(line.text);
    if (match === null) return false;
    const [, id = "", kind = "", file = "", number = "", name = "", , thread, reason] = match;
    this.#closeGoroutine();
    if (this.#builder === null) {
      this.#builder = new DumpBuilder("delve", { line: line.number, offset: line.offset });
      this.#builder.time = this.#context.timeAbove(line.number);
    }
    const { state, wait } = readWaited(reason ?? "");
    this.#open = {
      line,
      id: Number(id),
      state: state !== "" ? state : thread === undefined ? UNKNOWN_STATE : "running",
      wait: wait ?? NO_WAIT,
      kind,
      location: { function: name, file, line: Number(number) },
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
      open.labels = [...(labels[1] ?? "").matchAll(LABEL)].map(([, key = "", value = ""]): Label => [key, value]);
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

import { DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
import type { Frame } from "../../model/stack.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { behindLine, type Line } from "../../text/line.ts";
import { readId } from "../../model/dump.ts";

/** `* 1 running  runtime.futex`: marker, id, status (`+s`: being scanned), function (`runtime-gdb.py` of Go). */
const GOROUTINE =
  /^[* ] (\d+)\s+(idle|runnable|running|syscall|waiting|moribund|dead|enqueue|copystack|preempted|leaked)(?:\+s)?\s+(\S.*)$/;
/** `(gdb) goroutine 12 bt`: the frames below are of that goroutine. */
const COMMAND = /^(?:\(gdb\) )?goroutine (\d+) (?:bt|where|backtrace)\b/;
const LIST_COMMAND = /^(?:\(gdb\) )?info goroutines$/;
/** `#1  0x000000000043c8ee in main.f (x=1) at /src/x/main.go:9`; the address is missing in the innermost one. */
const FRAME_START = /^#\d+ +(?:0x[0-9a-f]+ in )?(?=\S)/;
const CONTINUED = /^ {4,}\S/;

interface Row {
  readonly line: Line;
  readonly id: number;
  readonly state: string;
  readonly function: string;
  stack: number;
}

/** Reads gdb's `info goroutines`, and the backtraces of `goroutine N bt` behind it. */
export class GdbReader implements FormReader {
  readonly #context: ReadContext;
  readonly #rows = new Map<number, Row>();
  #builder: DumpBuilder | null = null;
  #traced: Row | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    const isMine = this.#take(line, line.text.trimEnd());
    if (isMine) this.#end = behindLine(line);
    return isMine;
  }

  end(): void {
    const builder = this.#builder;
    this.#builder = null;
    this.#traced = null;
    if (builder !== null) {
      for (const row of this.#rows.values()) addRow(builder, row);
      this.#context.finished(builder.finish(this.#end));
    }
    this.#rows.clear();
  }

  #take(line: Line, text: string): boolean {
    if (LIST_COMMAND.test(text)) {
      this.end();
      this.#builderAt(line);
      return true;
    }
    const match = GOROUTINE.exec(text);
    if (match !== null) {
      const [, id = "", state = "", name = ""] = match;
      this.#builderAt(line);
      this.#rows.set(Number(id), { line, id: readId(id), state, function: name, stack: EMPTY_STACK });
      return true;
    }
    return this.#builder !== null && this.#takeTrace(this.#builder, text);
  }

  #takeTrace(builder: DumpBuilder, text: string): boolean {
    const command = COMMAND.exec(text);
    if (command !== null) {
      this.#traced = this.#rows.get(Number(command[1])) ?? null;
      return this.#traced !== null;
    }
    if (this.#traced === null) return false;
    const frame = readFrame(text);
    if (frame === undefined) return CONTINUED.test(text);
    this.#traced.stack = builder.pushFrame(this.#traced.stack, frame.function, frame.file, frame.line);
    return true;
  }

  #builderAt(line: Line): void {
    this.#builder ??= new DumpBuilder("gdb", { line: line.number, offset: line.offset });
  }
}

/** By searches rather than by one pattern, which would try each of its parts at each place. */
function readFrame(text: string): Pick<Frame, "function" | "file" | "line"> | undefined {
  const start = FRAME_START.exec(text)?.[0].length ?? text.length;
  const open = text.indexOf(" (", start);
  if (open <= start) return undefined;
  const name = text.slice(start, open);
  if (text.endsWith(")")) return { function: name, file: null, line: null };
  const at = text.indexOf(") at ", open);
  const colon = text.lastIndexOf(":");
  const number = text.slice(colon + 1);
  if (at < 0 || colon <= at + 5 || !/^\d+$/.test(number)) return undefined;
  return { function: name, file: text.slice(at + 5, colon), line: Number(number) };
}

function addRow(builder: DumpBuilder, { line, id, state, function: name, stack }: Row): void {
  const known = stack === EMPTY_STACK ? builder.pushFrame(EMPTY_STACK, name, null, null) : stack;
  builder.add({ id, line: line.number, offset: line.offset, state, stack: known });
}

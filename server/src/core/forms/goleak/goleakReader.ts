import { DumpBuilder } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { behindLine, type Line } from "../../text/line.ts";
import { BodyParser } from "../traceback/body.ts";
import { type Header, readHeader } from "../traceback/header.ts";
import { OpenGoroutine } from "../traceback/openGoroutine.ts";

const TITLE = /found unexpected goroutines:$/;
const ENTRY_START = /^[[ ]?Goroutine (\d+) in state /;
const ENTRY_END = " on top of the stack:";
/** An entry for each goroutine, on the line of its header: github.com/fortytw2/leaktest, and those of gRPC and CockroachDB. */
const ON_HEADER = /^(?:leaktest: leaked|Leaked) goroutine: /;
const CLOSE = /^\s*\]$/;

/**
 * Reads what leak checkers of tests list: go.uber.org/goleak, leaktest and their like. Its frames are those of a traceback; up to version
 * 1.2 of goleak the traceback's header follows the entry's own.
 */
export class GoleakReader implements FormReader {
  readonly #context: ReadContext;
  #start: TextPlace | null = null;
  #builder: DumpBuilder | null = null;
  #open: { readonly header: Header; readonly goroutine: OpenGoroutine; readonly body: BodyParser } | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    const isMine = this.#take(line);
    if (isMine) this.#end = behindLine(line);
    return isMine;
  }

  end(): void {
    this.#closeGoroutine();
    if (this.#builder !== null) this.#context.finished(this.#builder.finish(this.#end));
    [this.#builder, this.#start] = [null, null];
  }

  #take(line: Line): boolean {
    const { text } = line;
    if (TITLE.test(text)) {
      this.end();
      this.#start = { line: line.number, offset: line.offset };
      return true;
    }
    const entry = readEntry(text);
    if (entry !== undefined) return this.#startGoroutine(line, entry);
    if (this.#open === null) return this.#builder !== null && (text.trim() === "" || CLOSE.test(text));
    if (CLOSE.test(text) || text.trim() === "") {
      this.#closeGoroutine();
      return true;
    }
    return readHeader(text)?.id === this.#open.header.id || this.#open.body.take(line);
  }

  #startGoroutine(line: Line, text: string): boolean {
    const header = readHeader(text);
    if (header === undefined) return false;
    this.#closeGoroutine();
    const place = { line: line.number, offset: line.offset };
    this.#builder ??= new DumpBuilder("goleak", this.#start ?? place);
    const goroutine = new OpenGoroutine(this.#builder, header, "", place);
    this.#open = { header, goroutine, body: new BodyParser(goroutine) };
    return true;
  }

  #closeGoroutine(): void {
    const open = this.#open;
    this.#open = null;
    open?.body.end();
    open?.goroutine.close();
  }
}

/** The header that an entry's first line stands for: `Goroutine 7 in state chan receive, with main.f on top of the stack:` */
function readEntry(text: string): string | undefined {
  const onHeader = ON_HEADER.exec(text);
  if (onHeader !== null) return text.slice(onHeader[0].length);
  const start = text.endsWith(ENTRY_END) ? ENTRY_START.exec(text) : null;
  if (start === null) return undefined;
  const end = text.lastIndexOf(", with ", text.length - ENTRY_END.length - 1);
  return end <= start[0].length ? undefined : `goroutine ${start[1]} [${text.slice(start[0].length, end)}]:`;
}

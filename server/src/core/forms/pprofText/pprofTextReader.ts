import type { DumpForm } from "../../model/dump.ts";
import { DumpBuilder } from "../../model/builder.ts";
import type { TextPlace } from "../../text/place.ts";
import { describeProfile, isGoroutineProfile } from "../profileText/profileTypes.ts";
import type { FormReader, ReadContext } from "../formReader.ts";
import { timeInText } from "../../text/timeInText.ts";
import { behindLine, type Line } from "../../text/line.ts";
import type { PprofBody } from "./pprofBody.ts";
import { RawBody } from "./rawBody.ts";
import { ReportBody } from "./reportBody.ts";
import { TracesBody } from "./tracesBody.ts";

/** The first lines, which say what the profile is of. */
interface Header {
  readonly place: TextPlace;
  type: string | null;
  time: string | null;
}

const FIELD = /^(File|Build ID|Type|Time|Duration|Doc|Comment|PeriodType|Period): ?(.*)$/;
const TRACES = /^-{5,}\+-{10,}$/;
const REPORT = /^(?:Showing nodes accounting for|Active filters:)/;
const RAW = /^Samples:$/;
/** The header lines that nothing else begins with. */
const STARTS = /^(?:File: |Type: [a-z_]+$|PeriodType: \w+ \w+$)/;

/** Reads the text that `go tool pprof` prints: `-traces`, `-raw`, and the reports `-top`, `-tree` and `-peek`. */
export class PprofTextReader implements FormReader {
  readonly #context: ReadContext;
  #header: Header | null = null;
  #builder: DumpBuilder | null = null;
  #body: PprofBody | null = null;
  #end: TextPlace = { line: 0, offset: 0 };

  constructor(context: ReadContext) {
    this.#context = context;
  }

  take(line: Line): boolean {
    const isMine = this.#body === null ? this.#takeHeader(line) : this.#body.take(line);
    if (isMine) this.#end = behindLine(line);
    else if (this.#body !== null) {
      this.end();
      return this.#takeHeader(line);
    }
    return isMine;
  }

  end(): void {
    this.#body?.end();
    if (this.#builder !== null) this.#context.finished(this.#builder.finish(this.#end));
    [this.#header, this.#builder, this.#body] = [null, null, null];
  }

  #takeHeader(line: Line): boolean {
    const text = line.text.trimEnd();
    if (STARTS.test(text) && this.#header === null) {
      this.#header = { place: { line: line.number, offset: line.offset }, type: null, time: null };
    }
    const header = this.#header;
    if (header === null) return false;
    const field = FIELD.exec(text);
    if (field !== null) {
      if (field[1] === "Type" || field[1] === "PeriodType") header.type = field[2]?.split(" ")[0] ?? null;
      if (field[1] === "Time") header.time = timeInText(field[2] ?? "");
      // A program may print such a line as well: it is this form's once it says what the profile is of.
      return header.type !== null;
    }
    if (header.type !== null) return this.#startBody(line, text, header, header.type);
    this.#header = null;
    return false;
  }

  #startBody(line: Line, text: string, header: Header, type: string): boolean {
    const form: DumpForm | undefined = TRACES.test(text)
      ? "pprof-traces"
      : REPORT.test(text)
        ? "pprof-report"
        : RAW.test(text)
          ? "pprof-raw"
          : undefined;
    this.#header = null;
    if (form === undefined) return false;
    if (!isGoroutineProfile(type)) {
      this.#context.noted({ kind: "other-format", line: line.number, message: describeProfile(type, []) });
      return true;
    }
    const builder = new DumpBuilder(form, header.place);
    builder.profile = type;
    builder.time = header.time;
    this.#builder = builder;
    const Body = form === "pprof-traces" ? TracesBody : form === "pprof-raw" ? RawBody : ReportBody;
    this.#body = new Body(builder);
    return this.#body.take(line);
  }
}

import { type DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { Line } from "../../text/line.ts";
import { readPprofFrame } from "./frameText.ts";
import type { PprofBody } from "./pprofBody.ts";
import { say } from "../../text/say.ts";

const TOTAL = /^Showing nodes accounting for .* of (-?\d+) total$/;
const HEADING = /^(?:Active filters:|Dropped \d|Showing top \d|\s*flat {2}flat%|\s+focus=|-{5,}\+-)/;
/** `flat flat% sum% cum cum% name`, with a bar before the name in `-tree` and `-peek`. */
const FUNCTION = /^ *(-?\d+) +\S+% +\S+% +(-?\d+) +\S+% +(?:\| )?(\S.*)$/;
/** Callers and callees in `-tree` and `-peek`. */
const CONTEXT = /^ +-?\d+ +\S+% \| /;

/**
 * Reads the reports of `go tool pprof` (`-top`, `-tree`, `-peek`): functions with counts, no stacks. Each function is kept
 * as a stack without a goroutine, so that it can be looked up; which goroutines there are nobody can tell from it.
 */
export class ReportBody implements PprofBody {
  readonly #builder: DumpBuilder;

  constructor(builder: DumpBuilder) {
    this.#builder = builder;
  }

  take(line: Line): boolean {
    const text = line.text.trimEnd();
    const total = TOTAL.exec(text);
    if (total !== null) {
      this.#builder.reportedTotal = Number(total[1]);
      const message = say`A report by function: it counts goroutines but does not tell their stacks. -traces does.`;
      this.#builder.notes.add("no-goroutines", line.number, message);
      return true;
    }
    if (HEADING.test(text) || CONTEXT.test(text)) return true;
    const read = FUNCTION.exec(text);
    if (read === null) return false;
    const [, flat = "", cumulative = "", name = ""] = read;
    const frame = readPprofFrame(name);
    const stack = this.#builder.pushFrame(EMPTY_STACK, frame.function, frame.file, frame.line);
    const title = `${cumulative} goroutines in ${frame.function} or what it calls, ${flat} in itself`;
    this.#builder.addSystemStack({ title, line: line.number, offset: line.offset, stack });
    return true;
  }

  end(): void {
    // Nothing stays open: each line stands for itself.
  }
}

import { type DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import { Flag, type Label } from "../../model/dump.ts";
import { inferState, UNKNOWN_STATE } from "../../names/inferState.ts";
import type { Line } from "../../text/line.ts";
import { readPprofFrame } from "./frameText.ts";
import type { PprofBody } from "./pprofBody.ts";

const RULE = /^-{5,}\+-{10,}$/;
/** The count stands in ten columns, three spaces before the innermost frame. */
const FIRST_FRAME = /^ *(-?\d+)   (\S.*)$/;
const FRAME = /^ {11,}(\S.*)$/;
const LABEL = /^ *([^\s:][^:]*): {2}(.*)$/;

/** A block between two rules. */
interface Sample {
  line: Line | null;
  count: number;
  readonly labels: Label[];
  readonly functions: string[];
  stack: number;
}

/** Adds a row for a sample of a profile, with the state its functions prove. */
export function addSample(
  builder: DumpBuilder,
  sample: { line: Line; count: number; labels: readonly Label[]; functions: readonly string[]; stack: number },
): void {
  const { line, count, labels, functions, stack } = sample;
  // The output may leave frames out (-hide, -show), so frames that are missing prove nothing.
  const state = inferState(functions, false);
  const inferred = state === UNKNOWN_STATE ? 0 : Flag.inferredState;
  const leaked = builder.profile === "goroutineleak" ? Flag.leaked : 0;
  builder.add({
    line: line.number,
    offset: line.offset,
    state,
    stack,
    labels,
    weight: count,
    flags: inferred | leaked,
  });
}

/** Reads `go tool pprof -traces`: a block for each sample, its labels first, then its frames, the innermost first. */
export class TracesBody implements PprofBody {
  readonly #builder: DumpBuilder;
  #sample: Sample | null = null;

  constructor(builder: DumpBuilder) {
    this.#builder = builder;
  }

  take(line: Line): boolean {
    if (RULE.test(line.text.trimEnd())) {
      this.end();
      this.#sample = { line: null, count: 0, labels: [], functions: [], stack: EMPTY_STACK };
      return true;
    }
    return this.#sample !== null && this.#takeIn(this.#sample, line);
  }

  end(): void {
    const sample = this.#sample;
    this.#sample = null;
    if (sample !== null && sample.line !== null) addSample(this.#builder, { ...sample, line: sample.line });
  }

  #takeIn(sample: Sample, line: Line): boolean {
    const text = line.text.trimEnd();
    const first = sample.line === null ? FIRST_FRAME.exec(text) : null;
    const frame = first?.[2] ?? FRAME.exec(text)?.[1];
    if (first !== null) {
      sample.line = line;
      sample.count = Number(first[1]);
    }
    if (frame !== undefined && sample.line !== null) {
      const read = readPprofFrame(frame);
      sample.functions.push(read.function);
      sample.stack = this.#builder.pushFrame(sample.stack, read.function, read.file, read.line);
      return true;
    }
    const label = sample.line === null ? LABEL.exec(text) : null;
    if (label !== null) sample.labels.push([label[1] ?? "", label[2] ?? ""]);
    return label !== null;
  }
}

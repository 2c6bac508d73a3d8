import { type DumpBuilder, EMPTY_STACK } from "../../model/builder.ts";
import type { Label } from "../../model/dump.ts";
import type { Line } from "../../text/line.ts";
import { type PprofFrame, readPprofFrame } from "./frameText.ts";
import type { PprofBody } from "./pprofBody.ts";
import { addSample } from "./tracesBody.ts";
import { append } from "../../lists.ts";

const SAMPLES = /^Samples:$/;
const TYPES = /^\w+\/\w+(?: \w+\/\w+)*(?:\[dflt\])?$/;
const SAMPLE = /^ *(-?\d+):((?: \d+)*) ?$/;
/** The key of `key:[value]`. */
const LABEL_KEY = /(?<![^\s:[\]])[^\s:[\]]+$/;
const LOCATIONS = /^Locations$/;
const LOCATION = /^ *(\d+): (0x[0-9a-f]+)(?![0-9a-f])(?: M=\d+(?!\d))? ?(.*)$/s;
const INLINED = /^ {8,}(\S.*)$/;
const START_LINE = / s=-?\d+(?:\(inl\))?\s*$/;
const MAPPINGS = /^Mappings$/;
const MAPPING = /^\d+: 0x[0-9a-f]+\/0x/;

interface RawSample {
  readonly line: Line;
  readonly count: number;
  readonly locations: readonly number[];
  readonly labels: Label[];
}

/** Reads `go tool pprof -raw`: the samples first, by numbers of locations, then the locations. */
export class RawBody implements PprofBody {
  readonly #builder: DumpBuilder;
  readonly #samples: RawSample[] = [];
  readonly #locations = new Map<number, PprofFrame[]>();
  #location: PprofFrame[] | null = null;
  #section: "samples" | "locations" | "mappings" = "samples";

  constructor(builder: DumpBuilder) {
    this.#builder = builder;
  }

  take(line: Line): boolean {
    const text = line.text.trimEnd();
    if (LOCATIONS.test(text)) this.#section = "locations";
    else if (MAPPINGS.test(text)) this.#section = "mappings";
    else if (this.#section === "samples") return this.#takeSample(line, text);
    else if (this.#section === "locations") return this.#takeLocation(text);
    else return MAPPING.test(text);
    return true;
  }

  end(): void {
    for (const { locations, ...sample } of this.#samples) {
      const functions: string[] = [];
      let stack = EMPTY_STACK;
      for (const frame of locations.flatMap((id) => this.#locations.get(id) ?? [])) {
        functions.push(frame.function);
        stack = this.#builder.pushFrame(stack, frame.function, frame.file, frame.line);
      }
      addSample(this.#builder, { ...sample, functions, stack });
    }
  }

  #takeSample(line: Line, text: string): boolean {
    if (SAMPLES.test(text) || TYPES.test(text)) return true;
    const sample = SAMPLE.exec(line.text);
    if (sample !== null) {
      const locations = (sample[2] ?? "").split(" ").filter(Boolean).map(Number);
      this.#samples.push({ line, count: Number(sample[1]), locations, labels: [] });
      return true;
    }
    const labels = readLabels(text);
    append(this.#samples.at(-1)?.labels ?? [], labels);
    return labels.length > 0 && this.#samples.length > 0;
  }

  #takeLocation(text: string): boolean {
    const location = LOCATION.exec(text);
    const inlined = location === null ? INLINED.exec(text) : null;
    const frame = (location?.[3] ?? inlined?.[1])?.replace(START_LINE, "").trim();
    if (frame === undefined) return false;
    if (location !== null) {
      this.#location = [];
      this.#locations.set(Number(location[1]), this.#location);
    }
    const address = location?.[2] ?? "";
    this.#location?.push(frame === "" ? { function: address, file: null, line: null } : readPprofFrame(frame));
    return true;
  }
}

/** The `key:[value]` of a line, with blanks between them. Values may hold brackets. */
function readLabels(text: string): readonly Label[] {
  const labels: Label[] = [];
  let at = 0;
  for (let open = text.indexOf(":["); open >= 0; open = text.indexOf(":[", at)) {
    const key = LABEL_KEY.exec(text.slice(at, open))?.[0];
    const inner = text.indexOf("] ", open);
    const close = inner < 0 && text.endsWith("]") ? text.length - 1 : inner;
    if (close < 0) break;
    if (key !== undefined) labels.push([key, text.slice(open + 2, close)]);
    at = close + 1;
  }
  return labels;
}

import type { Layer } from "../model/wrapping.ts";
import { joinLines, type Line } from "../text/line.ts";
import { type Payload, type Unwrapper, unwrapperOf } from "./unwrapper.ts";
import { append } from "../lists.ts";

/** Takes one layer off the lines of a text, and puts together what one line of the inner text has on several. */
export class LayerReader {
  readonly #unwrapper: Unwrapper;
  /** The wrapping has ended with the line taken last. */
  hasEnded = false;
  /** Parts of an inner line that is not whole yet. */
  #parts: Line[] = [];

  constructor(layer: Layer) {
    this.#unwrapper = unwrapperOf(layer);
  }

  /** Whether an inner line has begun and not ended. */
  get isWithinLine(): boolean {
    return this.#parts.length > 0;
  }

  /** The inner lines that this line ends; undefined: it is not of this layer. */
  take(line: Line): readonly Line[] | undefined {
    const payload = this.#unwrapper.unwrap(line);
    this.hasEnded = payload?.isLast === true;
    return payload === undefined ? undefined : this.add(payload);
  }

  /** What a line holds, without reading it: see {@link add}. */
  peek(line: Line): Payload | undefined {
    return this.#unwrapper.unwrap(line);
  }

  /** As `take`, of a line whose beginning is missing. */
  resume(line: Line): readonly Line[] {
    return this.add(this.#unwrapper.resume(line));
  }

  /** The inner lines that a payload ends. */
  add({ lines, endsLine }: Payload): readonly Line[] {
    const whole: Line[] = [];
    for (const [index, line] of lines.entries()) {
      this.#parts.push(line);
      if (index < lines.length - 1 || endsLine) append(whole, this.end());
    }
    return whole;
  }

  /** The inner line that is still open, as far as it came. */
  end(): readonly Line[] {
    return this.#parts.length === 0 ? [] : [joinLines(this.#parts.splice(0))];
  }
}

import type { Analysis } from "../findings/analysis.ts";
import type { BlockFrame } from "../traceback/block.ts";
import { planRows } from "./planArguments.ts";

/** The arguments of the planned rows, each read once however often it is asked for; of other rows nothing is known. */
export class KnownArguments {
  /** In the order of the text. */
  readonly rows: Uint32Array;
  readonly #frames = new Map<number, readonly BlockFrame[]>();

  constructor(analysis: Analysis) {
    const source = analysis.context.arguments;
    this.rows = source === null ? new Uint32Array(0) : planRows(analysis);
    for (const row of this.rows) {
      const frames = source?.frames(row);
      if (frames !== undefined) this.#frames.set(row, frames);
    }
  }

  /** The frames of a row with their arguments, innermost first; undefined when they were not read. */
  of(row: number): readonly BlockFrame[] | undefined {
    return this.#frames.get(row);
  }
}

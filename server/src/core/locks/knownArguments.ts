import type { Analysis } from "../findings/analysis.ts";
import type { Group } from "../group/groups.ts";
import type { BlockFrame } from "../traceback/block.ts";
import { planRows } from "./planArguments.ts";

/** The arguments of the planned rows, each read once however often it is asked for; of other rows nothing is known. */
export class KnownArguments {
  /** In the order of the text. */
  readonly rows: Uint32Array;
  readonly #frames = new Map<number, readonly BlockFrame[]>();
  readonly #rowsOfGroup = new Map<Group, number[]>();

  constructor(analysis: Analysis) {
    const source = analysis.context.arguments;
    this.rows = source === null ? new Uint32Array(0) : planRows(analysis);
    for (const row of this.rows) {
      const frames = source?.frames(row);
      if (frames === undefined) continue;
      this.#frames.set(row, frames);
      const group = analysis.groupOf(row);
      const rows = this.#rowsOfGroup.get(group);
      if (rows === undefined) this.#rowsOfGroup.set(group, [row]);
      else rows.push(row);
    }
  }

  /** The rows of a group that were read. */
  rowsOf(group: Group): readonly number[] {
    return this.#rowsOfGroup.get(group) ?? [];
  }

  /** The frames of a row with their arguments, innermost first; undefined when they were not read. */
  of(row: number): readonly BlockFrame[] | undefined {
    return this.#frames.get(row);
  }
}

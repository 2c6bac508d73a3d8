import type { Analysis } from "../analysis/analysis.ts";
import type { Call } from "../analysis/arguments.ts";
import type { Group } from "../group/groups.ts";
import { type PointerArgument, receiverOf } from "./pointers.ts";

/** The arguments of the planned rows, each read once however often it is asked for; of other rows nothing is known. */
export class KnownArguments {
  /** In the order of the text. */
  readonly rows: Uint32Array;
  readonly #calls = new Map<number, readonly Call[]>();
  readonly #rowsOfGroup = new Map<Group, number[]>();
  /** Receivers that were asked for, by row and frame: each lock is compared with those of its namesakes. */
  readonly #receivers = new Map<number, (PointerArgument | null)[]>();

  constructor(analysis: Analysis) {
    const source = analysis.context.arguments;
    this.rows = source?.rows ?? new Uint32Array(0);
    for (const row of this.rows) {
      const calls = source?.calls(row);
      if (calls === undefined) continue;
      const group = analysis.groupOf(row);
      this.#calls.set(row, calls);
      const rows = this.#rowsOfGroup.get(group);
      if (rows === undefined) this.#rowsOfGroup.set(group, [row]);
      else rows.push(row);
    }
  }

  /** The rows of a group that were read. */
  rowsOf(group: Group): readonly number[] {
    return this.#rowsOfGroup.get(group) ?? [];
  }

  /** The calls of a row with their arguments, innermost first; undefined when they were not read. */
  of(row: number): readonly Call[] | undefined {
    return this.#calls.get(row);
  }

  /** The receiver of a row's call, by the frame's index; null when it is not known. */
  receiver(row: number, frame: number): PointerArgument | null {
    const call = this.#calls.get(row)?.[frame];
    if (call === undefined) return null;
    let known = this.#receivers.get(row);
    if (known === undefined) this.#receivers.set(row, (known = []));
    const receiver = known[frame];
    return receiver === undefined ? (known[frame] = receiverOf(call) ?? null) : receiver;
  }
}

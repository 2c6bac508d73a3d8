import type { Analysis } from "../analysis/analysis.ts";
import type { ArgumentSource, PointerArgument, Sought } from "../analysis/arguments.ts";
import type { Group } from "../group/groups.ts";

/** The arguments of the planned rows; of other rows nothing is known. */
export class KnownArguments {
  /** In the order of the text. */
  readonly rows: Uint32Array;
  readonly #source: ArgumentSource | null;
  readonly #rowsOfGroup = new Map<Group, number[]>();

  constructor(analysis: Analysis) {
    this.#source = analysis.context.arguments;
    this.rows = this.#source?.rows ?? new Uint32Array(0);
    for (const row of this.rows) {
      const group = analysis.groupOf(row);
      const rows = this.#rowsOfGroup.get(group);
      if (rows === undefined) this.#rowsOfGroup.set(group, [row]);
      else rows.push(row);
    }
  }

  /** The planned rows of a group. */
  rowsOf(group: Group): readonly number[] {
    return this.#rowsOfGroup.get(group) ?? [];
  }

  /** The sure addresses among the arguments of a row's call, by the frame's index. */
  sureAt(row: number, frame: number): readonly bigint[] {
    return this.#source?.sureAt(row, frame) ?? [];
  }

  /** Hands over the sure addresses among a row's arguments that may be sought, with the indexes of their frames. */
  find(row: number, sought: Sought, take: (address: bigint, frame: number) => void): void {
    this.#source?.find(row, sought, take);
  }

  /** The receiver of a row's call, by the frame's index; null when it is not known. */
  receiver(row: number, frame: number): PointerArgument | null {
    return this.#source?.receiver(row, frame) ?? null;
  }
}

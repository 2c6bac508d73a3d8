import { at } from "../model/column.ts";
import { type Dump, NO_ID } from "../model/dump.ts";
import { type IdIndex, idIndexSteps } from "../model/idIndex.ts";
import type { Steps } from "../steps.ts";

/**
 * Which creators a condensed dump may name. One that lives but is not printed must not be named: it would look as if it
 * had ended, and its goroutines as if nobody could wake them.
 */
export class ShownCreators {
  readonly #dump: Dump;
  readonly #shown: ReadonlySet<number>;
  readonly #ids: IdIndex;

  private constructor(dump: Dump, shown: ReadonlySet<number>, ids: IdIndex) {
    this.#dump = dump;
    this.#shown = shown;
    this.#ids = ids;
  }

  /** `shown`: the rows that are printed. */
  static *of(dump: Dump, shown: ReadonlySet<number>): Steps<ShownCreators> {
    return new ShownCreators(dump, shown, yield* idIndexSteps(dump.goroutines.id));
  }

  /** The id to print behind `created by`; `NO_ID`: none. */
  of(row: number): number {
    const creator = at(this.#dump.goroutines.creator, row);
    const parent = creator === NO_ID ? -1 : this.#ids.rowOf(creator);
    return parent < 0 || this.#shown.has(parent) ? creator : NO_ID;
  }

  /** Whether what is said of the creator of one of the rows is true of all: they have the same, or all have ended. */
  areSureOf(rows: Uint32Array): boolean {
    const { creator } = this.#dump.goroutines;
    const first = at(creator, rows[0]!);
    const isSame = rows.every((row) => at(creator, row) === first);
    return isSame || rows.every((row) => at(creator, row) !== NO_ID && this.#ids.rowOf(at(creator, row)) < 0);
  }
}

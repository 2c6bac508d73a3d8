import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";

/** The id of the goroutine that runs main, and of a thread's scheduler: they say what the goroutine is. */
const LAST_KEPT = 1;
/** Ids are exact up to here. */
const LARGEST = 2 ** 52;

/** Renames the ids of goroutines, in their order: a goroutine with a larger id was started later. */
export class IdNames {
  readonly #names = new Map<number, number>();
  #next: number;

  constructor(dumps: readonly Dump[]) {
    const ids = new Set<number>();
    for (const { goroutines } of dumps) {
      for (let row = 0; row < goroutines.length; row++) {
        ids.add(at(goroutines.id, row));
        ids.add(at(goroutines.creator, row));
      }
    }
    const sorted = Float64Array.from(ids)
      .sort()
      .filter((id) => id > LAST_KEPT);
    // Behind all of them, so that no new id is one of the old.
    const behind = 10 ** Math.ceil(Math.log10((sorted.at(-1) ?? 1) + 2));
    this.#next = behind < LARGEST ? behind + 1 : LAST_KEPT + 1;
    for (const id of sorted) this.#names.set(id, this.#next++);
  }

  rename(id: number): number {
    if (id <= LAST_KEPT) return id;
    let name = this.#names.get(id);
    if (name === undefined) {
      name = this.#next++;
      this.#names.set(id, name);
    }
    return name;
  }
}

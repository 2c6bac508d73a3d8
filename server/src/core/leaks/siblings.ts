import type { Analysis } from "../analysis/analysis.ts";
import { at, type Column } from "../model/column.ts";
import { isStarter } from "./creators.ts";

const FIRST_SLOTS = 64;
/** Of a group whose goroutines nobody is known to have started. */
const NOBODY = -1;
/** Of those that were started by a function which only does that for its caller. */
const STARTER = 0;

/**
 * Finds goroutines that one call started: same creator, same function with the `go` statement. Open addressing over row
 * numbers, because a million goroutines may have as many creators.
 */
export class Siblings {
  readonly #creators: Column;
  readonly #groupOf: Uint32Array;
  /** Number of the creating function of each group. */
  readonly #functions: Int32Array;
  /** Row + 1 of the first of each kind; 0 where the slot is free. */
  #slots = new Int32Array(FIRST_SLOTS);
  #count = 0;

  constructor(analysis: Analysis) {
    this.#creators = analysis.dump.goroutines.creator;
    this.#groupOf = analysis.groups.groupOf;
    const numbers = new Map<string, number>();
    this.#functions = Int32Array.from(analysis.groups.groups, (group) => {
      const { creatorFamily } = analysis.traits(group);
      if (creatorFamily === null) return NOBODY;
      if (isStarter(creatorFamily)) return STARTER;
      const number = numbers.get(creatorFamily) ?? numbers.size + 1;
      numbers.set(creatorFamily, number);
      return number;
    });
  }

  /** The first row that was entered with the same creator and function: this one, when it is the first. */
  firstLike(row: number): number {
    if (this.#function(row) === NOBODY) return row;
    const slot = this.#slotOf(row);
    const first = this.#slots[slot]! - 1;
    if (first >= 0) return first;
    this.#slots[slot] = row + 1;
    if (++this.#count * 2 > this.#slots.length) this.#rehash();
    return row;
  }

  /** Where a row like that one is, or would be. */
  #slotOf(row: number): number {
    const creator = at(this.#creators, row);
    const own = this.#function(row);
    let slot = Math.imul(creator | 0, 0x9e3779b1) ^ Math.imul(own, 0x85ebca6b);
    for (slot &= this.#slots.length - 1; ; slot = (slot + 1) & (this.#slots.length - 1)) {
      const other = this.#slots[slot]! - 1;
      if (other < 0 || (at(this.#creators, other) === creator && this.#function(other) === own)) return slot;
    }
  }

  #function(row: number): number {
    return this.#functions[this.#groupOf[row]!]!;
  }

  #rehash(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (const entry of old) if (entry !== 0) this.#slots[this.#slotOf(entry - 1)] = entry;
  }
}

import type { Analysis } from "../findings/analysis.ts";
import { at } from "../model/column.ts";
import { isStarter } from "./descent.ts";

/**
 * Finds goroutines that one call started: same creator, same function with the `go` statement. Open addressing over row
 * numbers, because a million goroutines may have as many creators.
 */
export class Siblings {
  readonly #analysis: Analysis;
  /** Row + 1 of the first of each kind; 0 where the slot is free. */
  readonly #slots: Int32Array;
  /** Number of the creating function of each group; 0 for those that only start goroutines for their caller. */
  readonly #functions: Int32Array;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    const { length } = analysis.dump.goroutines;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, length) * 2)));
    const numbers = new Map<string, number>();
    this.#functions = Int32Array.from(analysis.groups.groups, (group) => {
      const { creatorFamily } = analysis.traits(group);
      if (creatorFamily === null || isStarter(creatorFamily)) return 0;
      const number = numbers.get(creatorFamily) ?? numbers.size + 1;
      numbers.set(creatorFamily, number);
      return number;
    });
  }

  /** The first row that was entered with the same creator and function: this one, when it is the first. */
  firstLike(row: number): number {
    const creator = this.#creator(row);
    const own = this.#function(row);
    let slot = (Math.imul(creator | 0, 0x9e3779b1) ^ Math.imul(own, 0x85ebca6b)) >>> 0;
    for (slot &= this.#slots.length - 1; ; slot = (slot + 1) & (this.#slots.length - 1)) {
      const other = this.#slots[slot]! - 1;
      if (other < 0) break;
      if (this.#creator(other) === creator && this.#function(other) === own) return other;
    }
    this.#slots[slot] = row + 1;
    return row;
  }

  #creator(row: number): number {
    return at(this.#analysis.dump.goroutines.creator, row);
  }

  #function(row: number): number {
    return this.#functions[this.#analysis.groups.groupOf[row]!]!;
  }
}

import { byRange, runToEnd, type Steps } from "../steps.ts";
import { at, type Column } from "./column.ts";

const FIRST_BITS = 5;
/** Part of the slots that is in use at most. */
const MAX_LOAD = 0.75;
/** Ids that differ in no more than these low bits get neighbouring slots. */
const NEAR_BITS = 4;
/** 2^32 by the golden ratio: its multiples, even of numbers in a row, are spread evenly (Fibonacci hashing). */
const GOLDEN = 0x9e3779b1;

/**
 * Finds the row of a goroutine id: open addressing over row numbers, the ids stay in their column. The ids of a large dump
 * nearly ascend, so neighbours share a stretch of slots, and what is looked up next is in the cache already.
 */
export class IdIndex {
  readonly #ids: Column;
  /** Row + 1 in each slot; 0 where the slot is free. */
  #slots: Int32Array;
  /** 32 less the number of bits that number the stretches. */
  #shift: number;
  #count = 0;

  /** An index of no rows yet, with room for `capacity` of them; it grows as needed. */
  constructor(ids: Column, capacity = 0) {
    this.#ids = ids;
    const bits = Math.max(FIRST_BITS, Math.ceil(Math.log2(Math.max(1, capacity / MAX_LOAD))));
    this.#slots = new Int32Array(2 ** bits);
    this.#shift = 32 - bits + NEAR_BITS;
  }

  /** The first row added with that id, or -1. */
  rowOf(id: number): number {
    let slot = this.#firstSlot(id);
    for (;;) {
      const row = this.#slots[slot]! - 1;
      if (row < 0 || at(this.#ids, row) === id) return row;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
  }

  /** Enters a row; when its id is known already, the first row stays the one that is found. */
  add(row: number): void {
    if (this.#count >= this.#slots.length * MAX_LOAD) this.#rehash();
    const id = at(this.#ids, row);
    let slot = this.#firstSlot(id);
    for (;;) {
      const other = this.#slots[slot]! - 1;
      if (other < 0) break;
      if (at(this.#ids, other) === id) return;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    this.#slots[slot] = row + 1;
    this.#count++;
  }

  #firstSlot(id: number): number {
    const near = (id >>> NEAR_BITS) ^ ((id / 0x100000000) | 0);
    return ((Math.imul(near, GOLDEN) >>> this.#shift) << NEAR_BITS) | (id & ((1 << NEAR_BITS) - 1));
  }

  #rehash(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    this.#shift--;
    for (const entry of old) {
      if (entry === 0) continue;
      let slot = this.#firstSlot(at(this.#ids, entry - 1));
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = entry;
    }
  }
}

/** As {@link idIndexSteps}, in one go. */
export function indexIds(ids: Column): IdIndex {
  return runToEnd(idIndexSteps(ids));
}

/** An index of all rows of a finished column of ids. */
export function* idIndexSteps(ids: Column): Steps<IdIndex> {
  const index = new IdIndex(ids, ids.length);
  yield* byRange(ids.length, (start, end) => {
    for (let row = start; row < end; row++) if (at(ids, row) >= 0) index.add(row);
  });
  return index;
}

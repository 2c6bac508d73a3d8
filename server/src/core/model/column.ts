const BLOCK_BITS = 13;
const BLOCK_ROWS = 1 << BLOCK_BITS;
const FIRST_ROWS = 8;
const BLOCK_MASK = BLOCK_ROWS - 1;

type NumberArray = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/**
 * A growing list of numbers, kept in blocks of typed arrays: it grows without copying and can be transferred to another
 * thread block by block. Read it with {@link at}.
 */
export interface Column {
  readonly blocks: readonly NumberArray[];
  readonly length: number;
}

/** What a column's cells can hold. */
export type CellType = "float64" | "uint32" | "int32" | "uint16";

const ARRAYS = {
  float64: Float64Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
} as const;
/** What a block's cells are made of as long as all of its numbers fit: of a million goroutines half the memory. */
const NARROW = { float64: "int32", uint32: "uint16", int32: "int32", uint16: "uint8" } as const;

/** Blocks of a column that is still being filled. The last block may be longer than what is used of it. */
export class ColumnBuilder implements Column {
  readonly blocks: NumberArray[] = [];
  length = 0;
  readonly #type: CellType;
  /** Rows the first block has room for while it is smaller than the others; then -1. */
  #grownTo = FIRST_ROWS;

  constructor(type: CellType) {
    this.#type = type;
  }

  /** A column of numbers with as many ones. */
  static ones(length: number): ColumnBuilder {
    const column = new ColumnBuilder("float64");
    for (let row = 0; row < length; row++) column.push(1);
    return column;
  }

  push(value: number): void {
    this.#makeRoom();
    this.set(this.length++, value);
  }

  /** Pushes the values from `start` up to `end`. */
  append(values: Float64Array | Uint32Array, start: number, end: number): void {
    let from = start;
    while (from < end) {
      this.#makeRoom();
      const index = this.length >>> BLOCK_BITS;
      const first = this.length & BLOCK_MASK;
      let block = this.blocks[index]!;
      const count = Math.min(end - from, block.length - first);
      for (let done = 0; done < count; done++) {
        const value = values[from + done]!;
        block[first + done] = value;
        if (block[first + done] === value) continue;
        block = this.#widen(index);
        block[first + done] = value;
      }
      this.length += count;
      from += count;
    }
  }

  #makeRoom(): void {
    if ((this.length & BLOCK_MASK) === 0) {
      this.blocks.push(new ARRAYS[NARROW[this.#type]](this.length === 0 ? FIRST_ROWS : BLOCK_ROWS));
    }
    if (this.length === this.#grownTo) this.#growFirst();
  }

  /** The first block grows from small: a text may hold thousands of dumps of one goroutine. */
  #growFirst(): void {
    const [first] = this.blocks;
    const type = first instanceof ARRAYS[this.#type] ? this.#type : NARROW[this.#type];
    const grown = new ARRAYS[type](this.#grownTo * 2);
    grown.set(first!);
    this.blocks[0] = grown;
    this.#grownTo = grown.length < BLOCK_ROWS ? grown.length : -1;
  }

  set(row: number, value: number): void {
    const block = this.blocks[row >>> BLOCK_BITS]!;
    block[row & BLOCK_MASK] = value;
    if (block[row & BLOCK_MASK] !== value) this.#widen(row >>> BLOCK_BITS)[row & BLOCK_MASK] = value;
  }

  /** The finished column: a plain value without methods; the last block is cut to what is used. */
  finish(): Column {
    const rest = this.length & BLOCK_MASK;
    const last = this.blocks.length - 1;
    if (rest !== 0) this.blocks[last] = this.blocks[last]!.slice(0, rest);
    return { blocks: this.blocks, length: this.length };
  }

  #widen(index: number): NumberArray {
    const wide = new ARRAYS[this.#type](this.blocks[index]!);
    this.blocks[index] = wide;
    return wide;
  }
}

/** The cell of a row. The row must lie within the column. */
export function at(column: Column, row: number): number {
  return column.blocks[row >>> BLOCK_BITS]![row & BLOCK_MASK]!;
}

import type { DumpBuilder } from "./builder.ts";
import type { Label, StackTable } from "./dump.ts";
import type { DraftRows } from "./draftRows.ts";
import { type DraftFrames, FrameInterner } from "./frameInterner.ts";
import { StackTrie } from "./stackTrie.ts";
import { StringTable } from "./stringTable.ts";

/** What a reader in bulk needs of the builder it fills. */
export type BulkTarget = Pick<DumpBuilder, "trie" | "frames" | "state" | "labelSet" | "rowOfId" | "addRow">;

/** Goroutines that may become part of a dump (`DraftTaker`): a plain value with numbers of its own. */
export interface Draft {
  /** Rows of the goroutines, with room for more behind them. */
  readonly rows: DraftRows;
  readonly states: readonly string[];
  readonly labelSets: readonly (readonly Label[])[];
  readonly frames: DraftFrames;
  readonly stacks: StackTable;
}

const ROW_BYTES = 3 * Float64Array.BYTES_PER_ELEMENT + 6 * Uint32Array.BYTES_PER_ELEMENT;
const FIRST_ROWS = 1024;

/** Collects a draft. {@link rowOfId} knows no ids: the taker checks whether an id was met before. */
export class DraftBuilder implements BulkTarget {
  readonly trie = new StackTrie();
  length = 0;
  readonly frames = new FrameInterner();
  readonly #states = new StringTable();
  readonly #labelKeys = new StringTable();
  readonly #labelSets: (readonly Label[])[] = [];
  #rows: DraftRows;

  /** `memory` holds the rows as long as they fit. */
  constructor(memory: ArrayBuffer) {
    this.#rows = rowsIn(memory);
    this.labelSet([]);
  }

  state(name: string): number {
    return this.#states.intern(name);
  }

  labelSet(labels: readonly Label[]): number {
    const number = this.#labelKeys.intern(JSON.stringify(labels));
    this.#labelSets[number] ??= labels;
    return number;
  }

  rowOfId(): number {
    return -1;
  }

  addRow(
    id: number,
    offset: number,
    line: number,
    stack: number,
    state: number,
    wait: number,
    creator: number,
    flags: number,
    labels: number,
  ): number {
    const row = this.length++;
    if (row === this.#rows.id.length) this.#rows = grown(this.#rows);
    const rows = this.#rows;
    rows.id[row] = id;
    rows.offset[row] = offset;
    rows.line[row] = line;
    rows.stack[row] = stack;
    rows.state[row] = state;
    rows.wait[row] = wait;
    rows.creator[row] = creator;
    rows.flags[row] = flags;
    rows.labels[row] = labels;
    return row;
  }

  finish(): Draft {
    return {
      rows: this.#rows,
      states: this.#states.values,
      labelSets: this.#labelSets,
      frames: this.frames.draft(),
      stacks: this.trie.finish(),
    };
  }
}

/** The columns of as many rows as a buffer has room for. */
function rowsIn(memory: ArrayBuffer): DraftRows {
  const count = Math.floor(memory.byteLength / ROW_BYTES);
  const wide = (column: number): Float64Array<ArrayBuffer> => new Float64Array(memory, column * count * 8, count);
  const narrow = (column: number): Uint32Array<ArrayBuffer> =>
    new Uint32Array(memory, 3 * count * 8 + column * count * 4, count);
  return {
    id: wide(0),
    offset: wide(1),
    creator: wide(2),
    line: narrow(0),
    stack: narrow(1),
    state: narrow(2),
    wait: narrow(3),
    flags: narrow(4),
    labels: narrow(5),
  };
}

function grown(rows: DraftRows): DraftRows {
  const larger = rowsIn(new ArrayBuffer(Math.max(FIRST_ROWS, rows.id.length * 2) * ROW_BYTES));
  for (const name of Object.keys(rows) as (keyof DraftRows)[]) larger[name].set(rows[name]);
  return larger;
}

import type { Stack } from "../model/stack.ts";
import { plainBody } from "../read/plainBody.ts";
import { ArgumentNumbers } from "./argumentNumbers.ts";
import type { ArgumentSource, Call, PointerArgument, Sought } from "./arguments.ts";
import { readCalls } from "./readArguments.ts";
import type { TraitsTable } from "./traits.ts";

/**
 * The arguments of goroutines whose text was read again. Of most of them only the numbers are wanted: their calls are taken
 * apart when somebody asks for them.
 */
export class RereadArguments implements ArgumentSource {
  readonly rows: Uint32Array;
  readonly #traits: TraitsTable;
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #calls = new Map<number, readonly Call[] | undefined>();
  #numbers: ArgumentNumbers | undefined;

  /** `blocks`: one for each row; undefined for what is gone. */
  constructor(traits: TraitsTable, rows: Uint32Array, blocks: readonly (Uint8Array | undefined)[]) {
    this.rows = rows;
    this.#traits = traits;
    rows.forEach((row, index) => {
      const block = blocks[index];
      if (block !== undefined) this.#blocks.set(row, block);
    });
  }

  calls(row: number): readonly Call[] | undefined {
    const block = this.#blocks.get(row);
    if (block === undefined) return undefined;
    if (!this.#calls.has(row))
      this.#calls.set(row, readCalls(this.#traits.dump, row, block, this.#stackOf(row).frames));
    return this.#calls.get(row);
  }

  receiver(row: number, frame: number): PointerArgument | undefined {
    const first = this.#allNumbers().first(row, frame);
    const isGuess = this.#stackOf(row).frames[frame]?.function.includes("[") === true;
    return first && isGuess ? { ...first, isSure: false } : first;
  }

  sureAt(row: number, frame: number): readonly bigint[] {
    return this.#allNumbers().sureAt(row, frame);
  }

  find(row: number, sought: Sought, take: (address: bigint, frame: number) => void): void {
    this.#allNumbers().find(row, sought, take);
  }

  #allNumbers(): ArgumentNumbers {
    if (this.#numbers === undefined) {
      this.#numbers = new ArgumentNumbers();
      for (const [row, block] of this.#blocks) this.#addNumbers(this.#numbers, row, block);
    }
    return this.#numbers;
  }

  #addNumbers(numbers: ArgumentNumbers, row: number, block: Uint8Array): void {
    const { frames } = this.#stackOf(row);
    const body = plainBody(block, this.#traits.dump.wrapping);
    if (body !== undefined && numbers.addText(row, body, frames)) return;
    const calls = this.calls(row);
    if (calls?.length === frames.length) numbers.addCalls(row, calls);
  }

  #stackOf(row: number): Stack {
    const { groups } = this.#traits;
    return this.#traits.of(groups.groups[groups.groupOf[row]!]!).stack;
  }
}

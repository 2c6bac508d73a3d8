import type { Analysis } from "../analysis/analysis.ts";
import type { KnownArguments } from "./knownArguments.ts";
import type { Lock } from "./lock.ts";
import { SoughtAddresses } from "./soughtAddresses.ts";

/** Bytes from the start of a value in which its lock is looked for: most structs are smaller. */
const VALUE_BYTES = 4096;

/** A call that was given the value that has a lock. */
export interface Use {
  readonly row: number;
  /** Index of the frame in its stack. */
  readonly frame: number;
}

/** What a call's receiver says about a value: this one, another one, or nothing that can be relied on. */
export type ReceiverMatch = "same" | "other" | "unclear";

/** Who was given which of the values that have locks. */
export class ValueIndex {
  readonly #arguments: KnownArguments;
  /** By address. */
  readonly #uses = new Map<bigint, Use[]>();
  readonly #sought = new SoughtAddresses();

  constructor(analysis: Analysis, known: KnownArguments, locks: readonly Lock[]) {
    this.#arguments = known;
    for (const { object, address } of locks) {
      if (object !== null) this.#seek(object);
      if (address !== null) this.#seek(address);
    }
    if (this.#uses.size === 0) return;
    for (const row of known.rows) {
      if (analysis.traits(analysis.groupOf(row)).role !== "aside") this.#addRow(row);
    }
  }

  /** The calls with that value among their sure arguments, one for each goroutine and frame. */
  usesOf({ object, address }: Lock): readonly Use[] {
    const uses = object === null ? [] : (this.#uses.get(object) ?? []);
    return address === null || address === object ? uses : [...uses, ...(this.#uses.get(address) ?? [])];
  }

  /** Whether a call is a method call on the lock's value. */
  receiverMatch(row: number, frame: number, { object }: Lock): ReceiverMatch {
    const receiver = this.#arguments.receiver(row, frame);
    if (receiver === null || object === null) return "unclear";
    if (receiver.address === object) return "same";
    return receiver.isSure ? "other" : "unclear";
  }

  /**
   * Whether a call's receiver is sure to be the value that has the lock: the very value, or where that is not printed, one
   * that the lock's address is within. A `sync.Once` is the receiver itself.
   */
  isOwner(row: number, frame: number, lock: Lock): boolean {
    if (lock.kind === "once" || this.receiverMatch(row, frame, lock) === "same") return true;
    const receiver = this.#arguments.receiver(row, frame);
    if (receiver === null || !receiver.isSure || lock.object !== null || lock.address === null) return false;
    return lock.address >= receiver.address && lock.address - receiver.address < VALUE_BYTES;
  }

  #addRow(row: number): void {
    this.#arguments.find(row, this.#sought, (address, frame) => {
      const uses = this.#uses.get(address);
      const last = uses?.at(-1);
      if (last?.row !== row || last.frame !== frame) uses?.push({ row, frame });
    });
  }

  #seek(address: bigint): void {
    this.#uses.set(address, []);
    this.#sought.add(address);
  }
}

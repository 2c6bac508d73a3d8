import type { Analysis } from "../analysis/analysis.ts";
import type { Call } from "../analysis/arguments.ts";
import { hex } from "./pointers.ts";
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
  /** By the address as it is printed. */
  readonly #uses = new Map<string, Use[]>();
  readonly #sought = new SoughtAddresses();

  constructor(analysis: Analysis, known: KnownArguments, locks: readonly Lock[]) {
    this.#arguments = known;
    for (const { object, address } of locks) {
      if (object !== null) this.#seek(object);
      if (address !== null) this.#seek(address);
    }
    if (this.#uses.size === 0) return;
    for (const row of known.rows) {
      const { role, stack } = analysis.traits(analysis.groupOf(row));
      if (role !== "aside") this.#addRow(row, stack.frames.length);
    }
  }

  /** The calls with that value among their sure arguments, one for each goroutine and frame. */
  usesOf({ object, address }: Lock): readonly Use[] {
    const uses = object === null ? [] : (this.#uses.get(hex(object)) ?? []);
    return address === null || address === object ? uses : [...uses, ...(this.#uses.get(hex(address)) ?? [])];
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

  #addRow(row: number, depth: number): void {
    const calls = this.#arguments.of(row);
    if (calls?.length === depth) calls.forEach((call, frame) => this.#addCall(row, frame, call));
  }

  #seek(address: bigint): void {
    this.#uses.set(hex(address), []);
    this.#sought.add(address);
  }

  #addCall(row: number, frame: number, { args }: Call): void {
    let previous: Use[] | undefined;
    for (const number of args === null ? [] : this.#sought.among(args)) {
      const uses = this.#uses.get(number);
      if (uses !== undefined && uses !== previous) uses.push({ row, frame });
      previous = uses ?? previous;
    }
  }
}

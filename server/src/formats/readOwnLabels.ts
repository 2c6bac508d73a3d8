import type { Label } from "../core/model/dump.ts";
import { ESCAPED, isOwnName, OwnLabel } from "./ownLabels.ts";

/** The labels of a sample that `convert` has written, apart from those that the program had set. */
export class OwnLabels {
  /** The labels that the program had set, as it named them. */
  readonly others: readonly Label[];
  readonly #values = new Map<string, string>();

  constructor(labels: readonly Label[]) {
    const others: Label[] = [];
    for (const [key, value] of labels) {
      if (isOwnName(key)) this.#values.set(key, value);
      else others.push([key.startsWith(ESCAPED) ? key.slice(ESCAPED.length) : key, value]);
    }
    this.others = others;
  }

  /** Null: the sample has no such label. */
  text(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  /** The cells of a row that are numbers; those that the sample does not say are left out. */
  numbers(): { wait?: number; id?: number; creator?: number } {
    const cells: { wait?: number; id?: number; creator?: number } = {};
    const wait = this.#number(OwnLabel.wait);
    const id = this.#number(OwnLabel.id);
    const creator = this.#number(OwnLabel.creator);
    if (wait !== undefined) cells.wait = wait;
    if (id !== undefined) cells.id = id;
    if (creator !== undefined) cells.creator = creator;
    return cells;
  }

  #number(key: string): number | undefined {
    const value = Number(this.#values.get(key));
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }
}

/** The labels of a sample in a profile that `convert` has not made. */
export function foreignLabels(labels: readonly Label[]): Pick<OwnLabels, "others" | "text" | "numbers"> {
  return { others: labels, text: () => null, numbers: () => ({}) };
}

import type { Label } from "../core/model/dump.ts";
import { ESCAPED, isOwnName, OwnLabel } from "./ownLabels.ts";

/** What the labels of a sample say of its goroutine, apart from those that the program had set. */
export interface SampleLabels {
  /** The labels that the program had set, as it named them. */
  readonly others: readonly Label[];
  /** The value of a label of {@link OwnLabel}; null: the sample has none. */
  text(key: string): string | null;
  /** The cells of a row that are numbers; those that the sample does not say are left out. */
  numbers(): { wait?: number; id?: number; creator?: number };
}

/**
 * Labels that CockroachDB's Go adds to each sample of `debug=3`, which has one a goroutine (its `runtime/pprof`,
 * `printCountProfile`), and what they say. The wait is there from one minute on, the creator not for main.
 */
const DEBUG_3: ReadonlyMap<string, string> = new Map<string, string>([
  ["go::goroutine", OwnLabel.id],
  ["go::goroutine_created_by", OwnLabel.creator],
  ["go::goroutine_state", OwnLabel.state],
  ["go::goroutine_wait_minutes", OwnLabel.wait],
]);

/** The labels of a sample in a profile that `convert` has made. */
export function ownLabels(labels: readonly Label[]): SampleLabels {
  const others: Label[] = [];
  const values = new Map<string, string>();
  for (const [key, value] of labels) {
    if (isOwnName(key)) values.set(key, value);
    else others.push([key.startsWith(ESCAPED) ? key.slice(ESCAPED.length) : key, value]);
  }
  return labelsOf(others, values);
}

/** The labels of a sample in a profile of another maker: Go's own, or CockroachDB's Go. */
export function foreignLabels(labels: readonly Label[]): SampleLabels {
  const others: Label[] = [];
  const values = new Map<string, string>();
  for (const [key, value] of labels) {
    const known = DEBUG_3.get(key);
    // The runtime's own come first; what a program names like them is a label as any other.
    if (known === undefined || values.has(known)) others.push([key, value]);
    else values.set(known, value);
  }
  // Zero: nobody started it.
  if (values.get(OwnLabel.creator) === "0") values.delete(OwnLabel.creator);
  return values.has(OwnLabel.id) ? labelsOf(others, values) : labelsOf(labels, new Map());
}

function labelsOf(others: readonly Label[], values: ReadonlyMap<string, string>): SampleLabels {
  const number = (key: string): number | undefined => {
    const value = Number(values.get(key));
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  return {
    others,
    text: (key) => values.get(key) ?? null,
    numbers() {
      const [wait, id, creator] = [number(OwnLabel.wait), number(OwnLabel.id), number(OwnLabel.creator)];
      return {
        ...(wait !== undefined && { wait }),
        ...(id !== undefined && { id }),
        ...(creator !== undefined && { creator }),
      };
    },
  };
}

import { diffArrays } from "diff";

/** Lines taken out and put in that are followed; texts that differ more are different texts. */
const MAX_CHANGES = 1_000;

/** What became of a line of an older text. Lines are 0-based. */
export interface CarriedLine {
  /**
   * - `same`: it stands at `line`, as it was.
   * - `changed`: what stands at `line` has taken its place.
   * - `gone`: it was taken out; what stood around it is at `line`.
   */
  readonly kind: "same" | "changed" | "gone";
  readonly line: number;
}

/** Follows a line; undefined: the texts have too little in common, or there is no such line. */
export type CarryLine = (line: number) => CarriedLine | undefined;

/** Follows the lines of a text into a newer one. */
export function lineCarrier(older: string, newer: string): CarryLine {
  const [from, to] = [older.split(/\r?\n/), newer.split(/\r?\n/)];
  const changes = diffArrays(from, to, { maxEditLength: MAX_CHANGES }) ?? [];
  return (line) => {
    if (line < 0 || line >= from.length) return undefined;
    let [oldLine, newLine] = [0, 0];
    for (const [index, { count, added, removed }] of changes.entries()) {
      const into = line - oldLine;
      const isHere = !added && into < count;
      if (isHere && !removed) return { kind: "same", line: newLine + into };
      if (isHere) {
        return (
          replaced(newLine, into, changes[index + 1], changes[index - 1]) ?? {
            kind: "gone",
            line: Math.min(newLine, to.length - 1),
          }
        );
      }
      if (!added) oldLine += count;
      if (!removed) newLine += count;
    }
    return undefined;
  };
}

interface Change {
  readonly count: number;
  readonly added: boolean;
}

/** Lines taken out and others put in at the same place: the line is as far into these as it was into those. */
function replaced(
  newLine: number,
  into: number,
  next: Change | undefined,
  before: Change | undefined,
): CarriedLine | undefined {
  if (next?.added === true) return { kind: "changed", line: newLine + Math.min(into, next.count - 1) };
  if (before?.added !== true) return undefined;
  return { kind: "changed", line: newLine - before.count + Math.min(into, before.count - 1) };
}

import type { Hold } from "../../../core/analysis/confinement.ts";
import type { Func } from "../program/model.ts";
import type { HeldLines } from "./holding.ts";
import type { KnownStack } from "./knownStack.ts";

/** A place, and what may be done from it. */
export type Aimed<T> = T & { readonly what: number };

/** What a stack has taken, by the lines at which a function holds something. */
export function holdsOf(
  { frames, waitsInCond }: KnownStack,
  heldIn: (fn: Func) => readonly Aimed<HeldLines>[],
): readonly Hold[] {
  return frames.flatMap((frame, at) => {
    if (frame === undefined) return [];
    const { fn, line, index } = frame;
    const inner = frames.slice(0, at).flatMap((one) => (one === undefined ? [] : heldIn(one.fn)));
    return heldIn(fn)
      .filter((lines) => lines.line < line && line <= lines.endLine)
      .map(({ what, line: first, sureBefore = 0 }) => {
        // A call further in may have given it back for a while, as Cond.Wait does.
        const isKept = !waitsInCond && inner.every((lines) => lines.what !== what);
        return { what, frame: index, line: first + 1, isProven: line < sureBefore && isKept };
      });
  });
}

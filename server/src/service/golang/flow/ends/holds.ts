import type { Hold } from "../../../../core/analysis/confinement.ts";
import type { Func } from "../../program/model.ts";
import type { HeldLines } from "./holding.ts";
import type { KnownFrame, KnownStack } from "../stacks/knownStack.ts";

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
    const given = new Set(
      frames.slice(0, at).flatMap((one) => (one === undefined ? [] : givenBackIn(one, heldIn(one.fn)))),
    );
    return heldIn(fn)
      .filter((lines) => lines.line < line && line <= lines.endLine)
      .map(({ what, line: first, sureBefore = 0 }) => {
        // A call further in may have given it back for a while, as Cond.Wait does.
        const isKept = !waitsInCond && !given.has(what);
        return { what, frame: index, line: first + 1, isProven: line < sureBefore && isKept };
      });
  });
}

/** What a call may have given back that one further out holds. */
function givenBackIn({ line }: KnownFrame, held: readonly Aimed<HeldLines>[]): readonly number[] {
  return held.filter(({ keptBefore = 0 }) => line >= keptBefore).map(({ what }) => what);
}

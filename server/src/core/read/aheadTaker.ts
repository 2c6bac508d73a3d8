import type { DumpBuilder } from "../model/builder.ts";
import type { TextPlace } from "../text/place.ts";
import { DraftTaker } from "../model/draftTaker.ts";
import type { ReadAhead, Stretch } from "./readAhead.ts";

/** Where a text goes on after goroutines were taken over from what was read ahead of it. */
export interface Adopted {
  /** Offset of the first byte that was not taken. */
  readonly offset: number;
  /** Where more may be taken over, see {@link nextAhead}. */
  readonly next: number;
}

/** The first offset, `from` or behind it, at which goroutines of `ahead` may be taken over; Infinity: there is none. */
export function nextAhead({ draft, stretches }: ReadAhead, from: number): number {
  for (const stretch of stretches) {
    if (stretch.end.offset <= from) continue;
    const row = firstRowFrom(draft.rows.offset, stretch, from);
    if (row < stretch.endRow) return draft.rows.offset[row]!;
  }
  return Infinity;
}

/** Takes goroutines over from what was read ahead of a text. */
export class AheadTaker {
  #taker: DraftTaker | null = null;

  /**
   * Adds the goroutines that stand at `place` to `builder`, up to the end of their stretch or the first one whose id the
   * builder knows, and gives the place behind them: the same place when there are none.
   */
  take({ draft, stretches }: ReadAhead, builder: DumpBuilder, place: TextPlace): TextPlace {
    const stretch = stretches.find(({ end }) => end.offset > place.offset);
    if (stretch === undefined) return place;
    const { offset, line } = draft.rows;
    const first = firstRowFrom(offset, stretch, place.offset);
    if (first === stretch.endRow || offset[first] !== place.offset) return place;
    if (this.#taker?.builder !== builder || this.#taker.draft !== draft) this.#taker = new DraftTaker(builder, draft);
    const lines = place.line - line[first]!;
    const row = this.#taker.take(first, stretch.endRow, place.line);
    const end = row === stretch.endRow ? stretch.end : { line: line[row]!, offset: offset[row]! };
    return { line: end.line + lines, offset: end.offset };
  }
}

/** The first row of a stretch that stands at an offset or behind it; its end when there is none. */
function firstRowFrom(offsets: Float64Array, { firstRow, endRow }: Stretch, offset: number): number {
  let [low, high] = [firstRow, endRow];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

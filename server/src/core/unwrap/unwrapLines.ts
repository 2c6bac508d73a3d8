import type { Layer, Wrapping } from "../model/wrapping.ts";
import { joinLines, type Line } from "../text/line.ts";
import { normalise } from "./normalise.ts";
import { type Payload, unwrapperOf } from "./unwrapper.ts";

/**
 * Takes off some lines what a dump was wrapped in, for reading one of its goroutines again. The first line begins where
 * the goroutine does, behind whatever stands in front of it; lines of another text in between are left out.
 */
export function unwrapLines(lines: readonly Line[], wrapping: Wrapping | null): readonly Line[] {
  return (wrapping ?? []).reduce(unwrapLayer, lines.map(normalise)).map(normalise);
}

function unwrapLayer(lines: readonly Line[], layer: Layer): Line[] {
  const unwrapper = unwrapperOf(layer);
  const inner: Line[] = [];
  let partial: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const payload: Payload | undefined = index === 0 ? unwrapper.resume(line) : unwrapper.unwrap(line);
    if (payload === undefined) continue;
    for (const [at, part] of payload.lines.entries()) {
      partial.push(part);
      if (at === payload.lines.length - 1 && !payload.endsLine) continue;
      inner.push(joinLines(partial));
      partial = [];
    }
  }
  if (partial.length > 0) inner.push(joinLines(partial));
  return inner;
}

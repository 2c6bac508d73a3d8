import type { TextPlace } from "../text/place.ts";
import type { Wrapping } from "../model/wrapping.ts";
import type { Line } from "../text/line.ts";
import { LineSplitter } from "../text/lineSplitter.ts";
import { LayerReader } from "../unwrap/layerReader.ts";
import { mend } from "../unwrap/mend.ts";
import { normalise } from "../unwrap/normalise.ts";

/**
 * The lines of one goroutine (and what follows it) as its reader saw them, from the bytes of the text from `place` on,
 * where its header begins. `wrapping` is that of its dump. Lines of others between them are left out.
 */
export function blockLines(bytes: Uint8Array, place: TextPlace, wrapping: Wrapping | null): readonly Line[] {
  const outer = splitLines(bytes, place);
  if (wrapping === null) return outer.flatMap(mend);
  const isOneLine = wrapping.some(({ kind }) => kind === "escaped" || kind === "separated");
  return unwrapAll(isOneLine ? outer.slice(0, 1) : outer, wrapping);
}

function unwrapAll(outer: readonly Line[], wrapping: Wrapping): readonly Line[] {
  let lines = outer;
  for (const layer of wrapping) {
    const reader = new LayerReader(layer);
    // The bytes begin within the first line of each layer, with the header: what is before it is not among them, and
    // what looks like a call behind it may be more of this layer.
    const inner = lines.flatMap((line, index) =>
      index === 0 ? reader.resume(normalise(line)) : mend(line).flatMap((part) => reader.take(part) ?? []),
    );
    lines = [...inner, ...reader.end()];
  }
  return lines.flatMap(mend);
}

function splitLines(bytes: Uint8Array, place: TextPlace): readonly Line[] {
  const lines: Line[] = [];
  const splitter = new LineSplitter({
    line: (line) => lines.push({ ...line, number: line.number + place.line, offset: line.offset + place.offset }),
    bulk: (_chunk, start) => ({ end: start, lines: 0 }),
  });
  splitter.push(bytes);
  splitter.end();
  return lines;
}

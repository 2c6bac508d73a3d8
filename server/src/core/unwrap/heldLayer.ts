import type { Layer } from "../model/wrapping.ts";
import type { Line } from "../text/line.ts";
import { LayerReader } from "./layerReader.ts";
import { followsProgressHeader, progressIndent } from "./progressReport.ts";

/** Layers whose first line may be something else: the next line tells. */
export type HeldLayer = Layer & { kind: "prefix" | "console" | "progress" };

/** Whether a layer waits for the next line. */
export function isHeld(layer: Layer): layer is HeldLayer {
  return layer.kind === "prefix" || layer.kind === "console" || layer.kind === "progress";
}

/**
 * Whether the line behind the first one shows that the layer is there. Behind a prefix the rest of a dump may go on in
 * other ways; only a header without a colon may be anybody's words.
 */
export function goesOn(layer: HeldLayer, first: Line, next: Line): boolean {
  if (layer.kind === "progress") return followsProgressHeader(next.text);
  const inner = new LayerReader(layer).peek(next);
  if (layer.kind === "console") return inner !== undefined;
  if (progressIndent(first.text.slice(layer.sample.length)) === undefined) return true;
  return inner?.lines.some(({ text }) => followsProgressHeader(text)) === true;
}

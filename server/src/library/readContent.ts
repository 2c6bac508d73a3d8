import type { Span } from "../core/forms/traceback/block.ts";
import type { Reading } from "../core/read/dumpReader.ts";
import { AnyReader } from "../formats/anyReader.ts";
import { SpanReader } from "../formats/spanReader.ts";
import { type Content, piecesOf } from "./content.ts";

/** Reads all dumps in it. Never throws, whatever it holds. */
export function readContent(content: Content): Reading {
  const reader = new AnyReader();
  for (const piece of piecesOf(content)) reader.push(piece);
  return reader.end();
}

/** Reads ranges of its text again. */
export function readSpans(content: Content, spans: readonly Span[]): readonly Uint8Array[] {
  if (spans.length === 0) return [];
  const reader = new SpanReader(spans);
  for (const piece of piecesOf(content)) reader.push(piece);
  return reader.end();
}

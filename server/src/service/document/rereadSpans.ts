import type { Span } from "../../core/forms/traceback/block.ts";
import { SpanReader } from "../../formats/spanReader.ts";
import type { CancellationToken, Clock } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";

/**
 * Ranges of a text, from the bytes of its file as they come again; with pauses in which other requests come through.
 * None: cancelled.
 */
export async function rereadSpans(
  chunks: AsyncIterable<Uint8Array>,
  spans: readonly Span[],
  clock: Clock,
  token: CancellationToken,
): Promise<readonly Uint8Array[]> {
  const reader = new SpanReader(spans);
  const turns = new Turns(clock);
  for await (const chunk of chunks) {
    reader.push(chunk);
    if (reader.isDone) break;
    await turns.pause();
    if (token.isCancellationRequested) return [];
  }
  return reader.end();
}

import type { CancellationToken, Clock } from "./ports.ts";
import type { Reading } from "../core/read/dumpReader.ts";
import { AnyReader } from "../formats/anyReader.ts";

/**
 * Parses a text or a profile that comes in chunks, so that it never has to be in memory as a whole. Undefined: cancelled.
 * A port, because a host may do it on another thread.
 */
export type ParseDumps = (
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  token: CancellationToken,
) => Promise<Reading | undefined>;

/** Milliseconds a task runs before it lets others have a turn. */
const TURN = 10;

/** Parses on the host's own loop, with pauses in which other requests and cancellations come through. */
export function parseInTurns(clock: Clock): ParseDumps {
  return async (chunks, token) => {
    const reader = new AnyReader();
    let turnStart = clock.now();
    for await (const chunk of chunks) {
      reader.push(chunk);
      if (clock.now() - turnStart < TURN) continue;
      await clock.yieldTurn();
      if (token.isCancellationRequested) return undefined;
      turnStart = clock.now();
    }
    return token.isCancellationRequested ? undefined : reader.end();
  };
}

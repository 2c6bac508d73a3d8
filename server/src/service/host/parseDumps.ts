import type { CancellationToken, Clock } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";
import { DumpReader, type Reading } from "../../core/read/dumpReader.ts";
import { AnyReader } from "../../formats/anyReader.ts";

/** How large a text is, in UTF-16 units. */
export interface TextSize {
  readonly length: number;
  readonly longestLine: number;
}

/**
 * Parses a text or a profile that comes in chunks, so that it never has to be in memory as a whole: each may be overwritten
 * when the next is asked for. Undefined: cancelled. A port, because a host may do it on another thread. `linePrefix` is the
 * setting of that name; `size` is that of a text which an editor has decoded, and absent for the bytes of a file.
 */
export type ParseDumps = (
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  token: CancellationToken,
  linePrefix?: string,
  size?: TextSize,
) => Promise<Reading | undefined>;

/** Bytes parsed between two looks at the clock, at most: what is read line by line takes a millisecond for so many. */
const PIECE = 32 * 1024;
/** And at least, as of a text that is thousands of tiny dumps: each of them costs as much as many lines. */
const LEAST_PIECE = 4 * 1024;
/** Milliseconds that a piece may take; the next is half as large where it took longer, and twice where it did not. */
const PIECE_TIME = 5;

/** Parses on the host's own loop, with pauses in which other requests and cancellations come through. */
export function parseInTurns(clock: Clock): ParseDumps {
  return async (chunks, token, linePrefix, size) => {
    const reader = new AnyReader({ text: () => new DumpReader(linePrefix), isDecoded: size !== undefined });
    const turns = new Turns(clock);
    let piece = LEAST_PIECE;
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length;) {
        const began = clock.now();
        reader.push(chunk.subarray(start, start + piece));
        start += piece;
        const isSlow = clock.now() - began > PIECE_TIME;
        piece = isSlow ? Math.max(LEAST_PIECE, piece / 2) : Math.min(PIECE, piece * 2);
        await turns.pause();
        if (token.isCancellationRequested) return undefined;
      }
    }
    return token.isCancellationRequested ? undefined : reader.end();
  };
}

import { sniff } from "../../formats/sniff.ts";
import { type ParseDumps, parseInTurns, type TextSize } from "../host/parseDumps.ts";
import type { Clock } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";
import type { ParseThreads } from "./parseTask.ts";
import { runParse } from "./runParse.ts";

/** Bytes from which on another thread pays: less is parsed here, in turns, before one has started. */
const THREAD_BYTES = 16 * 1024 * 1024;
/** Bytes of a line that make a text one for a thread, whatever its size. */
const LONG_LINE = 64 * 1024;
const LINE_FEED = 0x0a;
/** Bytes sent to the thread at a time. */
const BATCH_BYTES = 1024 * 1024;

/**
 * Parses small texts on this thread, in turns, and on one of their own those that are large, or packed and so larger
 * than they look, or have a line that no turn can end within. Where no thread starts, all of them are parsed in turns.
 */
export function threadParser(threads: ParseThreads, clock: Clock): ParseDumps {
  const inTurns = parseInTurns(clock);
  let isWithoutThreads = false;
  return async (chunks, token, linePrefix = "", size) => {
    if (isWithoutThreads || (size && isSmall(size))) return inTurns(chunks, token, linePrefix, size);
    const rest = iterate(chunks);
    const first: Uint8Array[] = [];
    let bytes = 0;
    const turns = new Turns(clock);
    while (bytes < THREAD_BYTES && !isPacked(first[0])) {
      const { value: chunk, done } = await rest.next();
      if (done === true) {
        if (!hasLongLine(first)) return inTurns(first, token, linePrefix, size);
        break;
      }
      first.push(chunk.slice());
      bytes += chunk.length;
      await turns.pause();
    }
    const answer = await runParse(threads, {
      token,
      clock,
      tell: async (send, isOver) => {
        await send({ kind: "text", linePrefix, isDecoded: size !== undefined });
        for await (const batch of inBatches(together(first, rest))) {
          await send({ kind: "chunk", bytes: batch }, [batch.buffer]);
          await clock.yieldTurn();
          if (isOver()) return;
        }
        await send({ kind: "end" });
      },
    });
    if (answer === undefined) {
      isWithoutThreads = true;
      return inTurns(together(first, rest), token, linePrefix, size);
    }
    if (answer.kind === "failed") throw new Error(answer.message);
    return answer.kind === "reading" ? answer.reading : undefined;
  };
}

function isSmall({ length, longestLine }: TextSize): boolean {
  return length < THREAD_BYTES && longestLine <= LONG_LINE;
}

/** Whether a turn would take long: a line is read in one go, and may hold a whole dump. */
function hasLongLine(chunks: readonly Uint8Array[]): boolean {
  /** Bytes of the line that goes on. */
  let length = 0;
  for (const bytes of chunks) {
    let start = 0;
    while (length + bytes.length - start > LONG_LINE) {
      // The last line end within reach: all lines before it are short.
      const end = bytes.lastIndexOf(LINE_FEED, start + LONG_LINE - length);
      if (end < start) return true;
      start = end + 1;
      length = 0;
    }
    const last = bytes.lastIndexOf(LINE_FEED);
    length = last < start ? length + bytes.length - start : bytes.length - last - 1;
  }
  return false;
}

function isPacked(start: Uint8Array | undefined): boolean {
  return start !== undefined && sniff(start).kind === "gzip";
}

async function* iterate<T>(values: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* values;
}

async function* together<T>(first: Iterable<T>, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}

/** The same bytes in chunks of about {@link BATCH_BYTES}, each of them memory of its own. */
async function* inBatches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let batch = new Uint8Array(BATCH_BYTES);
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > batch.length) {
      yield batch.subarray(0, length);
      batch = new Uint8Array(Math.max(BATCH_BYTES, chunk.length));
      length = 0;
    }
    batch.set(chunk, length);
    length += chunk.length;
  }
  if (length > 0) yield batch.subarray(0, length);
}

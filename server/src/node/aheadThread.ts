// What a thread runs that reads parts of a file ahead: a bundle of its own, for with the server's it would take three
// times the memory.
import { readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import type { Span } from "../core/forms/traceback/block.ts";
import { aheadBuffers, readAhead } from "../core/read/readAhead.ts";

/** A part to read; the answer is its `ReadAhead`. */
export interface AheadTask {
  /** The file, open in the thread that asks: it closes it when this one has ended. */
  readonly fd: number;
  readonly part: Span;
  /** See `ReadAheadOptions.memory`. */
  readonly memory: ArrayBuffer;
}

const chunk = new Uint8Array(256 * 1024);

parentPort?.on("message", ({ fd, part, memory }: AheadTask) => {
  const bytesAt = (offset: number): Uint8Array => chunk.subarray(0, readSync(fd, chunk, 0, chunk.length, offset));
  const ahead = readAhead(bytesAt, part, { memory });
  parentPort?.postMessage(ahead, aheadBuffers(ahead));
});

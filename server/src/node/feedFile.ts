import type { FileHandle } from "node:fs/promises";
import { nextAhead } from "../core/read/aheadTaker.ts";
import type { DumpReader } from "../core/read/dumpReader.ts";
import type { ReadAhead } from "../core/read/readAhead.ts";
import type { AheadThreads } from "./aheadThreads.ts";

/** Bytes read at a time at most; two such buffers take turns. */
const CHUNK_BYTES = 1024 * 1024;
/** And at least: the size of a pipe, and of many a file that the system makes up, is zero. */
const LEAST_CHUNK_BYTES = 64 * 1024;

/** What takes the bytes of a file. */
export interface Taker {
  push(chunk: Uint8Array): void;
}

/** Gives the bytes of a file to a taker, and reads the next ones while it works on the last. */
export class FileFeeder {
  readonly #file: FileHandle;
  readonly #taker: Taker;
  /** Told how far the file was read. */
  readonly #progress: (offset: number) => void;
  #current: Uint8Array;
  #next: Uint8Array;

  /** `size`: of the file, as the system says; buffers that are no larger keep thousands of small files cheap. */
  constructor(file: FileHandle, taker: Taker, size: number, progress: (offset: number) => void = () => {}) {
    const length = Math.min(CHUNK_BYTES, Math.max(LEAST_CHUNK_BYTES, size));
    this.#current = new Uint8Array(length);
    this.#next = new Uint8Array(length);
    this.#file = file;
    this.#taker = taker;
    this.#progress = progress;
  }

  /**
   * Gives the bytes from `start` up to `end`, and tells how far it came: less when the file ends before, or when
   * `isEnough` says so.
   */
  async feed(start = 0, end = Infinity, isEnough: () => boolean = () => false): Promise<number> {
    let offset = start;
    let length = await this.#read(offset, end);
    while (length > 0) {
      offset += length;
      this.#progress(offset);
      [this.#current, this.#next] = [this.#next, this.#current];
      const ahead = this.#read(offset, end);
      this.#taker.push(this.#next.subarray(0, length));
      length = await ahead;
      if (isEnough()) break;
    }
    return offset;
  }

  async #read(offset: number, end: number): Promise<number> {
    const length = Math.min(this.#current.length, end - offset);
    const { bytesRead } = await this.#file.read(this.#current, 0, length, offset);
    return bytesRead;
  }
}

/** Gives a plain text to its reader: what threads read ahead where that can be taken over, the bytes elsewhere. */
export async function feedWithThreads(
  file: FileHandle,
  reader: DumpReader,
  threads: AheadThreads,
  progress: (offset: number) => void = () => {},
): Promise<void> {
  const feeder = new FileFeeder(file, reader, CHUNK_BYTES, progress);
  let offset = 0;
  for (const [index, part] of threads.parts.entries()) {
    offset = await feedPart(feeder, reader, () => threads.read(index), offset, part.end);
    threads.done(index);
  }
  await feeder.feed(offset);
}

/** Reads from `start` to `end`, by the bytes as long as nothing was read ahead; gives how far it came. */
async function feedPart(
  feeder: FileFeeder,
  reader: DumpReader,
  read: () => ReadAhead | null,
  start: number,
  end: number,
): Promise<number> {
  let offset = start;
  let ahead: ReadAhead | null = null;
  let next = Infinity;
  while (offset < end) {
    if (ahead === null) {
      ahead = read();
      if (ahead !== null) next = nextAhead(ahead, offset);
    }
    const isWaiting = ahead === null;
    const stop = Math.min(next, end);
    offset = await feeder.feed(offset, stop, () => isWaiting && read() !== null);
    if (ahead !== null && offset === next) ({ offset, next } = reader.adopt(ahead, offset));
    // The file ends here.
    else if (offset < stop && (!isWaiting || read() === null)) return offset;
  }
  return offset;
}

import { Worker } from "node:worker_threads";
import type { ReadAhead } from "../core/read/readAhead.ts";
import type { Span } from "../core/forms/traceback/block.ts";
import type { AheadTask } from "./aheadThread.ts";

/** Parts of a text for each thread: small enough that none waits long for another in the end. */
const PARTS_PER_THREAD = 8;
/** Bytes of a part at most: the goroutines of a few parts are all that is held twice. */
const PART_BYTES = 32 * 1024 * 1024;
/** Parts a thread is ahead by at most. */
const AHEAD_PARTS = 2;
/** Cost of adopting a goroutine relative to parsing it; the adopting thread gets a smaller share. */
const TAKING = 1 / 8;
/** Megabytes for what a thread has just made: it keeps nothing but columns, which are not among that. */
const YOUNG_MEGABYTES = 2;

/** How a large file is read ahead. */
export interface AheadOptions {
  /** What a thread runs: the bundle of `aheadThread.ts`. */
  readonly script: string;
  /** Threads that read, the one that asks included; with 1 nothing is read ahead. */
  readonly threads: number;
  /** Bytes of a file from which on threads pay. */
  readonly fromBytes: number;
}

/**
 * Threads that read parts of an open file ahead, in turn with whoever reads the file: of each round of parts the first
 * is left to it. Nobody waits for them: a thread that is late, or fails, has read nothing.
 */
export class AheadThreads {
  /** All of the file. */
  readonly parts: readonly Span[];
  readonly #threads: readonly AheadThread[];

  /** Null where no thread may be started. */
  static start(fd: number, size: number, options: AheadOptions): AheadThreads | null {
    try {
      return new AheadThreads(fd, size, options);
    } catch {
      return null;
    }
  }

  private constructor(fd: number, size: number, { script, threads }: AheadOptions) {
    this.parts = cut(size, threads);
    this.#threads = Array.from({ length: threads - 1 }, (_, thread) => {
      const parts = [...this.parts.entries()].filter(([index]) => index % threads === thread + 1);
      return new AheadThread(script, fd, parts);
    });
  }

  /** What was read ahead by now of the part with that index; null: nothing. */
  read(index: number): ReadAhead | null {
    return this.#threadOf(index)?.read(index) ?? null;
  }

  /** Says that a part has been read: what was read ahead of it, or will be, is of no more use. */
  done(index: number): void {
    this.#threadOf(index)?.done(index);
  }

  /** Ends the threads. The file may be closed when they have ended. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #threadOf(index: number): AheadThread | undefined {
    return this.#threads[(index % (this.#threads.length + 1)) - 1];
  }
}

/** Cuts a text into parts, `threads` of them to a round. */
function cut(size: number, threads: number): readonly Span[] {
  const bytes = Math.min(PART_BYTES, Math.ceil(size / threads / PARTS_PER_THREAD));
  const ownBytes = Math.ceil(bytes * (1 - threads * TAKING));
  const parts: Span[] = [];
  for (let start = 0; start < size;) {
    const end = Math.min(size, start + (parts.length % threads === 0 ? ownBytes : bytes));
    parts.push({ start, end });
    start = end;
  }
  return parts;
}

class AheadThread {
  readonly #worker: Worker;
  readonly #fd: number;
  /** What it was not asked to read yet. */
  readonly #parts: [index: number, part: Span][];
  /** The parts it was asked to read, until it answers. */
  readonly #asked: number[] = [];
  readonly #answers = new Map<number, ReadAhead>();
  /** Parts up to this one are done. */
  #done = -1;

  constructor(script: string, fd: number, parts: [index: number, part: Span][]) {
    this.#worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES } });
    this.#fd = fd;
    this.#parts = parts;
    this.#worker.on("message", (ahead: ReadAhead) => this.#take(ahead));
    // A thread that fails gives no answer; its part is read here.
    this.#worker.on("error", () => {});
    for (let part = 0; part < AHEAD_PARTS; part++) this.#ask(new ArrayBuffer(0));
  }

  read(index: number): ReadAhead | undefined {
    return this.#answers.get(index);
  }

  done(index: number): void {
    const ahead = this.#answers.get(index);
    this.#done = index;
    this.#answers.delete(index);
    if (ahead !== undefined) this.#ask(memoryOf(ahead));
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(ahead: ReadAhead): void {
    const index = this.#asked.shift()!;
    if (index > this.#done) this.#answers.set(index, ahead);
    else this.#ask(memoryOf(ahead));
  }

  /** Has the next part read, into that memory. */
  #ask(memory: ArrayBuffer): void {
    const [index, part] = this.#parts.shift() ?? [];
    if (index === undefined || part === undefined) return;
    const task: AheadTask = { fd: this.#fd, part, memory };
    this.#asked.push(index);
    this.#worker.postMessage(task, [memory]);
  }
}

/** The memory of what was read ahead: it serves for another part. */
function memoryOf({ draft }: ReadAhead): ArrayBuffer {
  return draft.rows.id.buffer;
}

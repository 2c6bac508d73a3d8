import { Worker } from "node:worker_threads";
import type { ReadAhead } from "../core/read/readAhead.ts";
import type { Span } from "../core/traceback/block.ts";
import type { AheadTask } from "./aheadThread.ts";

/** Parts of a text for each thread: small enough that none waits long for another in the end. */
const PARTS_PER_THREAD = 8;
/** Bytes of a part at most: the goroutines of a few parts are all that is held twice. */
const PART_BYTES = 32 * 1024 * 1024;
/** Parts a thread is ahead by at most. */
const AHEAD_PARTS = 2;
/**
 * What taking a goroutine over costs, of what reading it does: for each thread so much less of a round is left to the
 * one that takes.
 */
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
 * is left to it. A thread that fails has read nothing, which is never an error.
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
      return new AheadThread(
        script,
        fd,
        this.parts.filter((__, index) => index % threads === thread + 1),
      );
    });
  }

  /** What was read ahead of the part with that index, each of them in turn; null: nothing. */
  take(index: number): Promise<ReadAhead | null> {
    return this.#threadOf(index)?.take() ?? Promise.resolve(null);
  }

  /** Gives back what was read ahead of that part: its memory serves for another one. */
  giveBack(index: number, ahead: ReadAhead): void {
    this.#threadOf(index)?.readNext(ahead.draft.rows.id.buffer);
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
  readonly #parts: Span[];
  /** What it has read or will have. */
  readonly #answers: Promise<ReadAhead | null>[] = [];
  /** Who gets the answers to come; null: the thread has failed. */
  #waiting: ((ahead: ReadAhead | null) => void)[] | null = [];

  constructor(script: string, fd: number, parts: readonly Span[]) {
    this.#worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES } });
    this.#fd = fd;
    this.#parts = [...parts];
    this.#worker.on("message", (ahead: ReadAhead) => this.#waiting?.shift()?.(ahead));
    this.#worker.on("error", () => this.#fail());
    this.#worker.on("exit", () => this.#fail());
    for (let part = 0; part < AHEAD_PARTS; part++) this.readNext(new ArrayBuffer(0));
  }

  take(): Promise<ReadAhead | null> | undefined {
    return this.#answers.shift();
  }

  /** Has its next part read, into that memory. */
  readNext(memory: ArrayBuffer): void {
    const part = this.#parts.shift();
    if (part === undefined || this.#waiting === null) return;
    const task: AheadTask = { fd: this.#fd, part, memory };
    this.#worker.postMessage(task, [memory]);
    this.#answers.push(new Promise((resolve) => this.#waiting?.push(resolve)));
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const resolve of waiting) resolve(null);
  }
}

import { createReadStream, type Stats, statSync } from "node:fs";
import { type FileHandle, open, stat as statPath } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { DumpReader, type Reading } from "../core/read/dumpReader.ts";
import type { Span } from "../core/forms/traceback/block.ts";
import type { AnyReader } from "../formats/anyReader.ts";
import type { SpanReader } from "../formats/spanReader.ts";
import { sniff, SNIFF_LENGTH } from "../formats/sniff.ts";
import type { AheadOptions, AheadThreads } from "./aheadThreads.ts";
import { FileFeeder, feedWithThreads } from "./feedFile.ts";
import { standardInput } from "./standardInput.ts";
import { append } from "../core/lists.ts";

/** Bytes of a stream that are kept to be read again. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Goroutines that are read again at the same time. */
const PLACES_AT_ONCE = 64;

/**
 * A thread costs some fifteen megabytes of memory, and a third of a second of processor time until its code is compiled.
 * A core is left to the compiler, to the reading and to whatever else runs: of two cores the second gains little.
 */
const AHEAD: AheadOptions = {
  script: join(import.meta.dirname, "ahead.js"),
  threads: Math.min(4, availableParallelism() - 1),
  fromBytes: 256 * 1024 * 1024,
};

/** Told how many bytes of how many were read. */
export type Progress = (bytes: number, total: number) => void;

/** A file, or standard input, of any kind that `AnyReader` knows. */
export interface Input {
  /** Reads it as a whole. Rejects with the system's error when it cannot be read. */
  read(): Promise<Reading>;
  /** Reads ranges of its text again, after {@link read}; undefined where that is not possible. */
  readSpans(spans: readonly Span[]): Promise<readonly (Uint8Array | undefined)[]>;
}

/** How a file is read; all of it may be left out. */
export interface FileInputOptions {
  readonly progress?: Progress;
  /** How much text it holds, when it was read before. */
  readonly textBytes?: number;
  readonly ahead?: AheadOptions;
  /** Whether it has to be a file: a pipe or a device may never end, and is read only where the user says so. */
  readonly isFile?: boolean;
}

/** Told each piece of standard input as it comes; the next one is read when it is done. */
export type Tee = (chunk: Uint8Array) => Promise<void>;

/** The input a path names; `-` is standard input. A pipe, as a shell's `<(command)` is one, comes as that does. */
export function openInput(path: string, tee: Tee = () => Promise.resolve()): Input {
  if (path === "-") return new StreamInput(standardInput, tee);
  return isStream(path) ? new StreamInput(() => createReadStream(path), tee) : new FileInput(path);
}

/** Whether a path names what is neither a file nor a folder. Why one names nothing is said where it is read. */
export function isStream(path: string): boolean {
  try {
    const stat = statSync(path);
    return !stat.isFile() && !stat.isDirectory();
  } catch {
    return false;
  }
}

/** A file on disk. */
export class FileInput implements Input {
  readonly #path: string;
  readonly #progress: Progress;
  readonly #ahead: AheadOptions;
  readonly #isFile: boolean;
  #textBytes: number;

  constructor(
    path: string,
    { progress = () => {}, textBytes = 0, ahead = AHEAD, isFile = false }: FileInputOptions = {},
  ) {
    this.#isFile = isFile;
    this.#path = path;
    this.#progress = progress;
    this.#textBytes = textBytes;
    this.#ahead = ahead;
  }

  async read(): Promise<Reading> {
    const reading = await this.#withFile(async (file) => {
      const stat = await file.stat();
      const progress = (bytes: number): void => this.#progress(bytes, stat.size);
      const isPlain = stat.isFile() && (await isPlainText(file));
      const threads = isPlain ? await this.#startThreads(file, stat) : null;
      if (threads !== null) return readWithThreads(file, threads, progress);
      const reader = isPlain ? new DumpReader() : await readerOfAny();
      await new FileFeeder(file, reader, stat.size, progress).feed();
      return reader.end();
    });
    this.#textBytes = reading.bytes;
    return reading;
  }

  /** A plain text has its ranges where they are on disk; what is packed is unpacked again. */
  async readSpans(spans: readonly Span[]): Promise<readonly (Uint8Array | undefined)[]> {
    if (spans.length === 0) return [];
    return this.#withFile(async (file) => {
      const { size } = await file.stat();
      if (size === this.#textBytes) return readPlaces(file, spans);
      const reader = await readerOfSpans(spans);
      await new FileFeeder(file, reader, size).feed();
      return reader.end();
    });
  }

  /** Threads that help with a plain text; null: it is not large, or there are none. */
  async #startThreads(file: FileHandle, stat: Stats): Promise<AheadThreads | null> {
    const { threads, fromBytes } = this.#ahead;
    if (threads < 2 || stat.size < fromBytes) return null;
    const { AheadThreads } = await import("./aheadThreads.ts");
    return AheadThreads.start(file.fd, stat.size, this.#ahead);
  }

  async #withFile<T>(use: (file: FileHandle) => Promise<T>): Promise<T> {
    // Before it is opened: that waits for a pipe's other end.
    if (this.#isFile && !(await statPath(this.#path)).isFile()) throw new Error("It is no file.");
    const file = await open(this.#path, "r");
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }
}

/** What comes once: its beginning is kept for the second reading, and what is larger does without. */
class StreamInput implements Input {
  readonly #open: () => AsyncIterable<Uint8Array>;
  readonly #tee: Tee;
  #kept: Uint8Array[] = [];
  #bytes = 0;

  constructor(opened: () => AsyncIterable<Uint8Array>, tee: Tee) {
    this.#open = opened;
    this.#tee = tee;
  }

  async read(): Promise<Reading> {
    const reader = await readerOfAny();
    for await (const chunk of this.#open()) {
      await this.#tee(chunk);
      reader.push(chunk);
      this.#bytes += chunk.length;
      if (this.#bytes <= KEPT_BYTES) this.#kept.push(chunk);
      else this.#kept = [];
    }
    return reader.end();
  }

  async readSpans(spans: readonly Span[]): Promise<readonly (Uint8Array | undefined)[]> {
    if (this.#bytes > KEPT_BYTES) return spans.map(() => undefined);
    const reader = await readerOfSpans(spans);
    for (const chunk of this.#kept) reader.push(chunk);
    return reader.end();
  }
}

/** The decoders of what is no plain text are loaded where they are needed. */
async function readerOfAny(): Promise<AnyReader> {
  const { AnyReader } = await import("./decoders.ts");
  return new AnyReader();
}

async function readerOfSpans(spans: readonly Span[]): Promise<SpanReader> {
  const { SpanReader } = await import("./decoders.ts");
  return new SpanReader(spans);
}

async function readWithThreads(
  file: FileHandle,
  threads: AheadThreads,
  progress: (bytes: number) => void,
): Promise<Reading> {
  const reader = new DumpReader();
  try {
    await feedWithThreads(file, reader, threads, progress);
  } finally {
    await threads.end();
  }
  return reader.end();
}

async function isPlainText(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(SNIFF_LENGTH), 0, SNIFF_LENGTH, 0);
  return sniff(buffer.subarray(0, bytesRead)).kind === "text";
}

/** Some at a time: thousands of reads that wait at once take memory which is not given back. */
async function readPlaces(file: FileHandle, spans: readonly Span[]): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (let first = 0; first < spans.length; first += PLACES_AT_ONCE) {
    const some = spans.slice(first, first + PLACES_AT_ONCE);
    append(found, await Promise.all(some.map((span) => readPlace(file, span))));
  }
  return found;
}

async function readPlace(file: FileHandle, { start, end }: Span): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(end - start), 0, end - start, start);
  return buffer.subarray(0, bytesRead);
}

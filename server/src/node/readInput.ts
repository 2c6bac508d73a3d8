import { type FileHandle, open } from "node:fs/promises";
import type { Reading } from "../core/read/dumpReader.ts";
import type { Span } from "../core/traceback/block.ts";
import { AnyReader } from "../formats/anyReader.ts";
import { SpanReader } from "../formats/spanReader.ts";

/** Bytes read at a time; two such buffers take turns. */
const CHUNK_BYTES = 1024 * 1024;
/** Bytes of standard input that are kept to be read again. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Told how many bytes of how many were read. */
export type Progress = (bytes: number, total: number) => void;

/** What takes the bytes of an input. */
interface Taker {
  push(chunk: Uint8Array): void;
}

/** A file, or standard input, of any kind that `AnyReader` knows. */
export interface Input {
  /** Reads it as a whole. Rejects with the system's error when it cannot be read. */
  read(): Promise<Reading>;
  /** Reads ranges of its text again, after {@link read}; undefined where that is not possible. */
  readSpans(spans: readonly Span[]): Promise<readonly (Uint8Array | undefined)[]>;
}

/** The input a path names; `-` is standard input. */
export function openInput(path: string): Input {
  return path === "-" ? new StandardInput() : new FileInput(path);
}

/** A file on disk. */
export class FileInput implements Input {
  readonly #path: string;
  readonly #progress: Progress;
  #textBytes: number;

  /** `textBytes`: how much text it holds, when it was read before. */
  constructor(path: string, { progress = () => {}, textBytes = 0 }: { progress?: Progress; textBytes?: number } = {}) {
    this.#path = path;
    this.#progress = progress;
    this.#textBytes = textBytes;
  }

  async read(): Promise<Reading> {
    const reader = new AnyReader();
    await this.#withFile(async (file) => {
      const { size } = await file.stat();
      await feed(file, reader, (bytes) => this.#progress(bytes, size));
    });
    const reading = reader.end();
    this.#textBytes = reading.bytes;
    return reading;
  }

  /** A plain text has its ranges where they are on disk; what is packed is unpacked again. */
  async readSpans(spans: readonly Span[]): Promise<readonly (Uint8Array | undefined)[]> {
    if (spans.length === 0) return [];
    return this.#withFile(async (file) => {
      const { size } = await file.stat();
      if (size === this.#textBytes) return Promise.all(spans.map((span) => readSpan(file, span)));
      const reader = new SpanReader(spans);
      await feed(file, reader);
      return reader.end();
    });
  }

  async #withFile<T>(use: (file: FileHandle) => Promise<T>): Promise<T> {
    const file = await open(this.#path, "r");
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }
}

/** Standard input comes once: its beginning is kept for the second reading, and what is larger does without. */
class StandardInput implements Input {
  #kept: Uint8Array[] = [];
  #bytes = 0;

  async read(): Promise<Reading> {
    const reader = new AnyReader();
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
      reader.push(chunk);
      this.#bytes += chunk.length;
      if (this.#bytes <= KEPT_BYTES) this.#kept.push(chunk);
      else this.#kept = [];
    }
    return reader.end();
  }

  readSpans(spans: readonly Span[]): Promise<readonly (Uint8Array | undefined)[]> {
    if (this.#bytes > KEPT_BYTES) return Promise.resolve(spans.map(() => undefined));
    const reader = new SpanReader(spans);
    for (const chunk of this.#kept) reader.push(chunk);
    return Promise.resolve(reader.end());
  }
}

async function readSpan(file: FileHandle, { start, end }: Span): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

/** Reads the next bytes while the taker works on the last ones. */
async function feed(file: FileHandle, taker: Taker, progress?: (bytes: number) => void): Promise<void> {
  let [current, next] = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
  let place = 0;
  let { bytesRead } = await file.read(current, 0, CHUNK_BYTES, place);
  while (bytesRead > 0) {
    place += bytesRead;
    progress?.(place);
    const ahead = file.read(next, 0, CHUNK_BYTES, place);
    taker.push(current.subarray(0, bytesRead));
    ({ bytesRead } = await ahead);
    [current, next] = [next, current];
  }
}

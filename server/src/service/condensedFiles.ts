import { condensedSteps } from "../core/condensed/writeCondensed.ts";
import { at } from "../core/model/column.ts";
import type { Dump } from "../core/model/dump.ts";
import { indexIds } from "../core/model/idIndex.ts";
import type { Reading } from "../core/read/dumpReader.ts";
import { decodeUtf8 } from "../core/text/utf8.ts";
import type { CondensedResult, FullTextResult } from "../protocol.ts";
import type { LargeFiles } from "./largeFiles.ts";
import type { CancellationToken, Clock } from "./ports.ts";
import { Turns } from "./turns.ts";

/** Bytes of one goroutine's text that are shown: a stack of Go's longest (100 frames) has some 20,000. */
const BLOCK_LIMIT = 1024 * 1024;

/**
 * Files that are shown condensed. Of each only what was read is kept, a few dozen bytes a goroutine; a goroutine's text
 * is read from the file again.
 */
export class CondensedFiles {
  readonly #files: LargeFiles | undefined;
  readonly #clock: Clock;
  readonly #open = new Map<string, Reading>();

  constructor(files: LargeFiles | undefined, clock: Clock) {
    this.#files = files;
    this.#clock = clock;
  }

  /** Reads a file and gives it condensed. */
  async open(
    uri: string,
    token: CancellationToken,
    progress: (bytes: number, total: number) => void,
  ): Promise<CondensedResult> {
    if (this.#files === undefined) return { kind: "failed", reason: "This server has no way to read files." };
    const answer = await this.#files.read(uri, token, progress);
    if (answer.kind !== "reading") {
      return answer.kind === "failed" ? { kind: "failed", reason: answer.message } : answer;
    }
    const { reading } = answer;
    this.#open.set(uri, reading);
    const goroutines = reading.dumps.reduce((sum, dump) => sum + dump.total, 0);
    const notes = reading.notes.map(({ message }) => message);
    const text = await new Turns(this.#clock).run(condensedSteps(reading.dumps), token);
    if (text === undefined) return { kind: "cancelled" };
    return { kind: "text", text, dumps: reading.dumps.length, goroutines, notes };
  }

  /** The text of one goroutine as it stands in the file; null: the file holds none of that id, or has changed. */
  async fullText(uri: string, goroutine: number): Promise<FullTextResult> {
    const reading = this.#open.get(uri);
    const span = reading && spanOf(reading.dumps, goroutine);
    if (this.#files === undefined || reading === undefined || span === undefined) return null;
    const [bytes] = await this.#files.readSpans(uri, [span], reading.bytes);
    return bytes === undefined ? null : { text: `${decodeUtf8(bytes).trimEnd()}\n` };
  }

  /** Forgets a file. */
  close(uri: string): void {
    this.#open.delete(uri);
  }
}

/** Where the goroutine with that id stands in the first dump that has it. */
function spanOf(dumps: readonly Dump[], id: number): { start: number; end: number } | undefined {
  for (const { goroutines, endOffset } of dumps) {
    const row = indexIds(goroutines.id).rowOf(id);
    if (row < 0) continue;
    const start = at(goroutines.offset, row);
    const next = row + 1 < goroutines.length ? at(goroutines.offset, row + 1) : endOffset;
    return { start, end: Math.min(Math.max(start, next), start + BLOCK_LIMIT) };
  }
  return undefined;
}

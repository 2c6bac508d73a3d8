import type { TextPlace } from "../text/place.ts";
import { type Draft, DraftBuilder } from "../model/draft.ts";
import { startsWith } from "../text/ascii.ts";
import { lastBlankLine } from "../text/blockSplitter.ts";
import type { Span } from "../forms/traceback/block.ts";
import { GOROUTINE } from "../forms/traceback/bulkBytes.ts";
import { BulkReader } from "../forms/traceback/bulkReader.ts";

const LF = 0x0a;
/** Bytes of a blank line and what a header begins with. */
const BORDER_BYTES = 2 + GOROUTINE.length;
/** See {@link ReadAhead.worthBytes}: the next bytes come from elsewhere then, some goroutines are read by lines. */
const WORTH_BYTES = 256 * 1024;

/** Plain goroutines one behind the other: the rows of a draft from `firstRow` up to `endRow`. */
export interface Stretch {
  readonly firstRow: number;
  readonly endRow: number;
  /** Behind the last one's blank line; the line is counted like those of the draft. */
  readonly end: TextPlace;
}

/**
 * What was read of a part of a text without knowing what stands before it: plain goroutines, if the text before lets
 * them be that. Offsets are from the start of the text, lines from anywhere.
 */
export interface ReadAhead {
  readonly draft: Draft;
  /** In the order of the text. */
  readonly stretches: readonly Stretch[];
  /** Bytes from which on it is worth going over to what was read ahead: no stretch is shorter. */
  readonly worthBytes: number;
}

/** How a part is read. */
export interface ReadAheadOptions {
  /** The rows of an earlier draft, for those of this one. */
  readonly memory?: ArrayBuffer;
  /** See {@link ReadAhead.worthBytes}. */
  readonly worthBytes?: number;
}

/**
 * Reads the goroutines that begin in a part of a text, ahead of the text before them. `bytesAt` gives some bytes of
 * the text from an offset on, none at its end; they may be overwritten when it is asked again.
 */
export function readAhead(
  bytesAt: (offset: number) => Uint8Array,
  { start, end }: Span,
  { memory = new ArrayBuffer(0), worthBytes = WORTH_BYTES }: ReadAheadOptions = {},
): ReadAhead {
  const part = new PartReader(end, memory, worthBytes);
  // A goroutine that begins at `start` has its blank line before it.
  let offset = Math.max(0, start - 2);
  while (offset < end) {
    const bytes = bytesAt(offset);
    if (bytes.length === 0) break;
    offset += part.take(bytes, offset);
  }
  return part.finish();
}

class PartReader {
  readonly #end: number;
  readonly #worthBytes: number;
  readonly #builder: DraftBuilder;
  readonly #reader: BulkReader;
  readonly #stretches: Stretch[] = [];
  #line = 0;
  /** Where the open stretch began; null: the next goroutine is to be looked for. */
  #open: { readonly row: number; readonly offset: number } | null = null;
  /** Offset behind what was read last. */
  #behind = 0;

  constructor(end: number, memory: ArrayBuffer, worthBytes: number) {
    this.#end = end;
    this.#builder = new DraftBuilder(memory);
    this.#reader = new BulkReader(this.#builder);
    this.#worthBytes = worthBytes;
  }

  /** Reads what it can of `bytes`, which stand at `offset`, and gives how many it is done with: one at least. */
  take(bytes: Uint8Array, offset: number): number {
    const whole = lastBlankLine(bytes);
    const limit = Math.min(whole, this.#end - offset);
    if (whole === 0) this.#close();
    let start = 0;
    for (;;) {
      if (this.#open === null) {
        const found = nextGoroutine(bytes, start);
        if (found < 0) return Math.max(1, bytes.length - BORDER_BYTES + 1);
        if (found >= limit) return found > 2 ? found - 2 : bytes.length;
        start = found;
        this.#open = { row: this.#builder.length, offset: offset + start };
      }
      const { end, lines } = this.#reader.read(bytes, start, limit, this.#line, offset + start);
      this.#line += lines;
      this.#behind = offset + end;
      if (end >= limit) return end;
      this.#close();
      start = end;
    }
  }

  finish(): ReadAhead {
    this.#close();
    return { draft: this.#builder.finish(), stretches: this.#stretches, worthBytes: this.#worthBytes };
  }

  #close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null || this.#behind - open.offset < this.#worthBytes) return;
    const end = { line: this.#line, offset: this.#behind };
    this.#stretches.push({ firstRow: open.row, endRow: this.#builder.length, end });
  }
}

/** Where the next line behind a blank one begins like a header, from `start` on; -1: nowhere. */
function nextGoroutine(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(LF, start); end >= 0; end = bytes.indexOf(LF, end + 1)) {
    if (bytes[end + 1] === LF && startsWith(bytes, end + 2, GOROUTINE)) return end + 2;
  }
  return -1;
}

/** The memory of what was read ahead: moved to another thread with it instead of copied. */
export function aheadBuffers({ draft: { rows, frames, stacks } }: ReadAhead): ArrayBuffer[] {
  const { functions, files, rests, ...columns } = frames;
  const strings = [functions, files, rests].flatMap(({ bytes, starts }) => [bytes, starts]);
  const tables = [...strings, ...Object.values(columns), stacks.parent, stacks.edge];
  return [rows.id, ...tables].map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import { blockLines } from "../read/blockLines.ts";
import { readBlock, type Span } from "../traceback/block.ts";
import type { ArgumentSource } from "./arguments.ts";

/** Bytes of one goroutine that are read again at most: Go prints a hundred frames, some 20,000 bytes. */
const BLOCK_LIMIT = 256 * 1024;

/** The bytes of a row in the original text: from its header to the next row's, or to the end of the dump. */
export function blockSpan(dump: Dump, row: number): Span {
  const { offset, length } = dump.goroutines;
  const start = at(offset, row);
  const end = row + 1 < length ? at(offset, row + 1) : dump.endOffset;
  return { start, end: Math.min(Math.max(start, end), start + BLOCK_LIMIT) };
}

/**
 * Reads arguments when they are asked for. `bytesOf` gives a span of the original text: the host has it in memory, or has
 * read the spans of `planArguments` beforehand; undefined: it has not.
 */
export function readArguments(
  dump: Dump,
  rows: Uint32Array,
  bytesOf: (span: Span) => Uint8Array | undefined,
): ArgumentSource {
  return {
    rows,
    calls(row) {
      const span = blockSpan(dump, row);
      const bytes = bytesOf(span);
      if (bytes === undefined) return undefined;
      const place = { line: at(dump.goroutines.line, row), offset: span.start };
      return readBlock(blockLines(bytes, place, dump.wrapping))?.frames;
    },
  };
}

import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import { blockLines } from "../read/blockLines.ts";
import { type BlockFrame, readBlock } from "../traceback/block.ts";
import type { ArgumentSource } from "./arguments.ts";

/** Bytes of one goroutine that are read again at most: Go prints a hundred frames, some 20,000 bytes. */
const BLOCK_LIMIT = 256 * 1024;

/** The bytes of a row in the original text: from its header to the next row's, or to the end of the dump. */
export function blockSpan(dump: Dump, row: number): { readonly start: number; readonly end: number } {
  const { offset, length } = dump.goroutines;
  const start = at(offset, row);
  const end = row + 1 < length ? at(offset, row + 1) : dump.endOffset;
  return { start, end: Math.min(Math.max(start, end), start + BLOCK_LIMIT) };
}

/**
 * Reads the arguments of some rows, for `RuleContext.arguments`. `bytesOf` gives a span of the original text: the host
 * has it in memory, or has read the spans of `planArguments` beforehand.
 */
export function readArguments(
  dump: Dump,
  rows: Iterable<number>,
  bytesOf: (span: { readonly start: number; readonly end: number }) => Uint8Array | undefined,
): ArgumentSource {
  const frames = new Map<number, readonly BlockFrame[]>();
  for (const row of rows) {
    const span = blockSpan(dump, row);
    const bytes = bytesOf(span);
    if (bytes === undefined) continue;
    const place = { line: at(dump.goroutines.line, row), offset: span.start };
    const block = readBlock(blockLines(bytes, place, dump.wrapping));
    if (block !== undefined) frames.set(row, block.frames);
  }
  return { frames: (row) => frames.get(row) };
}

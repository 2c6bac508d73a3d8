import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import { stackOf } from "../model/stack.ts";
import { blockLines } from "../read/blockLines.ts";
import { plainBody } from "../read/plainBody.ts";
import { readBlock, type Span } from "../forms/traceback/block.ts";
import { plainCalls } from "../forms/traceback/plainCalls.ts";
import type { Call } from "./arguments.ts";

/** Bytes of one goroutine that are read again at most: Go prints a hundred frames, some 20,000 bytes. */
const BLOCK_LIMIT = 256 * 1024;

/** The bytes of a row in the original text: from its header to the next row's, or to the end of the dump. */
export function blockSpan(dump: Dump, row: number): Span {
  const { offset, length } = dump.goroutines;
  const start = at(offset, row);
  const end = row + 1 < length ? at(offset, row + 1) : dump.endOffset;
  return { start, end: Math.min(Math.max(start, end), start + BLOCK_LIMIT) };
}

/** The calls of a row from the bytes of its {@link blockSpan}. */
export function readCalls(dump: Dump, row: number, bytes: Uint8Array): readonly Call[] | undefined {
  const { stack, line, offset } = dump.goroutines;
  const { frames } = stackOf(dump, at(stack, row));
  const body = plainBody(bytes, dump.wrapping);
  const plain = body === undefined ? undefined : plainCalls(body, frames);
  if (plain !== undefined) return plain;
  const place = { line: at(line, row), offset: at(offset, row) };
  return readBlock(blockLines(bytes, place, dump.wrapping))?.frames.map(({ function: name, args }) => ({
    function: name,
    args,
  }));
}

import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import { decodeUtf8 } from "../text/utf8.ts";
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

/** The calls of a row from its block. `frames`: those of its stack. */
export function readCalls(
  dump: Dump,
  row: number,
  block: Uint8Array,
  frames = stackOf(dump, at(dump.goroutines.stack, row)).frames,
): readonly Call[] | undefined {
  const body = plainBody(block, dump.wrapping);
  const plain = body === undefined ? undefined : plainCalls(decodeUtf8(body), frames);
  if (plain !== undefined) return plain;
  const { line, offset } = dump.goroutines;
  const place = { line: at(line, row), offset: at(offset, row) };
  return readBlock(blockLines(block, place, dump.wrapping))?.frames.map(({ function: name, args }) => ({
    function: name,
    args,
  }));
}

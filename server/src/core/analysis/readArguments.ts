import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import type { Wrapping } from "../model/wrapping.ts";
import { decodeUtf8, encodeUtf8 } from "../text/utf8.ts";
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

/** A {@link blockSpan} as it was read again: a host that has the text itself need not encode it. */
export type RereadBlock = Uint8Array | string;

/** The calls of a row from its block. `frames`: those of its stack. */
export function readCalls(
  dump: Dump,
  row: number,
  block: RereadBlock,
  frames = stackOf(dump, at(dump.goroutines.stack, row)).frames,
): readonly Call[] | undefined {
  const body = bodyOf(block, dump.wrapping);
  const plain = body === undefined ? undefined : plainCalls(body, frames);
  if (plain !== undefined) return plain;
  const { line, offset } = dump.goroutines;
  const place = { line: at(line, row), offset: at(offset, row) };
  return readBlock(blockLines(bytesOf(block), place, dump.wrapping))?.frames.map(({ function: name, args }) => ({
    function: name,
    args,
  }));
}

/** The lines below the header, without what they are wrapped in; undefined: they have to be read one by one. */
function bodyOf(block: RereadBlock, wrapping: Wrapping | null): string | undefined {
  if (typeof block === "string" && wrapping === null) {
    const headerEnd = block.indexOf("\n");
    if (headerEnd >= 0 && block[headerEnd - 1] !== "\r") return block.slice(headerEnd + 1);
  }
  const body = plainBody(bytesOf(block), wrapping);
  return body && decodeUtf8(body);
}

function bytesOf(block: RereadBlock): Uint8Array {
  return typeof block === "string" ? encodeUtf8(block) : block;
}

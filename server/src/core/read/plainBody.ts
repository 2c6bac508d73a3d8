import type { Wrapping } from "../model/wrapping.ts";
import { layerInBytes } from "../unwrap/layerInBytes.ts";
import { UnwrappedChunk } from "./bulkPath.ts";
import { UnwrappedLines } from "./unwrappedLines.ts";

const LF = 0x0a;
const RETURN = 0x0d;

/**
 * The lines below the header of one goroutine without what they are wrapped in, from the bytes of the text in which its
 * header begins. Undefined: they have to be read as text, see `blockLines`.
 */
export function plainBody(bytes: Uint8Array, wrapping: Wrapping | null): Uint8Array | undefined {
  const headerEnd = bytes.indexOf(LF);
  if (headerEnd < 0) return undefined;
  if (wrapping === null && bytes[headerEnd - 1] !== RETURN) return bytes.subarray(headerEnd + 1);
  const steps = (wrapping ?? []).map((layer) => ({ others: [], own: layerInBytes(layer) }));
  const lines = new UnwrappedLines(new UnwrappedChunk(steps, bytes, 0));
  lines.begin(headerEnd + 1);
  return lines.takeAll() ? lines.bytes : undefined;
}

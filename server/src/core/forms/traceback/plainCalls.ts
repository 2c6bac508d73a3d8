import type { Frame } from "../../model/stack.ts";
import { decodeUtf8 } from "../../text/utf8.ts";

const TAB = 0x09;
const LF = 0x0a;
const OPEN = 0x28;
const CLOSE = 0x29;

/** A call and its arguments. */
interface PlainCall {
  readonly function: string;
  readonly args: string;
}

/**
 * Reads the arguments of a goroutine whose frames are known, from the lines below its header. It is a faster `readBlock`
 * for text exactly as Go prints it: two lines a frame. Undefined: the text is in another form.
 */
export function plainCalls(bytes: Uint8Array, frames: readonly Frame[]): readonly PlainCall[] | undefined {
  const calls: PlainCall[] = [];
  let at = 0;
  for (const { function: name } of frames) {
    const open = at + name.length;
    const next = behindLine(bytes, open);
    const close = next - 2;
    if (bytes[open] !== OPEN || bytes[close] !== CLOSE || bytes[next] !== TAB || !isAt(bytes, at, name))
      return undefined;
    const args = decodeUtf8(bytes, open + 1, close);
    if (args.includes("(")) return undefined;
    calls.push({ function: name, args });
    at = behindLine(bytes, next);
  }
  return calls;
}

/** Offset behind the line's end; behind the text where it has none. */
function behindLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(LF, start);
  return end < 0 ? bytes.length + 1 : end + 1;
}

/** Whether an ASCII text stands there. */
function isAt(bytes: Uint8Array, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[start + index] !== text.charCodeAt(index)) return false;
  return true;
}

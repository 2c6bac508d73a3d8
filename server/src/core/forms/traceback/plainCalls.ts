import type { Frame } from "../../model/stack.ts";

const TAB = 0x09;
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
export function plainCalls(text: string, frames: readonly Frame[]): readonly PlainCall[] | undefined {
  const calls: PlainCall[] = [];
  let at = 0;
  for (const { function: name } of frames) {
    const open = at + name.length;
    const next = behindLine(text, open);
    const close = next - 2;
    const isCall = text.charCodeAt(open) === OPEN && text.charCodeAt(close) === CLOSE && text.startsWith(name, at);
    if (!isCall || text.charCodeAt(next) !== TAB) return undefined;
    const args = text.slice(open + 1, close);
    if (args.includes("(")) return undefined;
    calls.push({ function: name, args });
    at = behindLine(text, next);
  }
  return calls;
}

/** Offset behind the line's end; behind the text where it has none. */
function behindLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length + 1 : end + 1;
}

import { asciiBytes, byteTable } from "../../text/ascii.ts";

const CLOSE = 0x29;
const COMMA = 0x2c;
const ZERO = 0x30;
const SMALL_X = 0x78;
const NOT_FIRST = byteTable("\n\t .#\\`");
const ARGUMENT = byteTable("0123456789abcdefx?{}_,. ");
/** By two bytes, read as a little-endian number: whether both may stand in arguments. */
const ARGUMENT_PAIR = new Uint8Array(1 << 16);
for (const [second, mark] of ARGUMENT.entries()) if (mark === 1) ARGUMENT_PAIR.set(ARGUMENT, second << 8);

/** Offset of the first byte from `start` on that `runtime.printArgs` does not write between the parentheses of a call. */
export function argumentsEnd(view: DataView, start: number, end: number): number {
  let at = start;
  while (at + 2 <= end && ARGUMENT_PAIR[view.getUint16(at, true)] === 1) at += 2;
  return at < end && ARGUMENT[view.getUint8(at)] === 1 ? at + 1 : at;
}

/**
 * Whether a call may begin there: a blank, the rest of another call's arguments, and what is changed before it is read
 * (`normalise`) do not. See `readCall`.
 */
export function mayBeginCall(bytes: Uint8Array, start: number): boolean {
  if (NOT_FIRST[bytes[start]!] === 1 || (bytes[start] === ZERO && bytes[start + 1] === SMALL_X)) return false;
  let at = start;
  while (ARGUMENT[bytes[at]!] === 1 && bytes[at] !== COMMA) at++;
  return bytes[at] !== COMMA && bytes[at] !== CLOSE;
}

/** What a header begins with. */
export const GOROUTINE = asciiBytes("goroutine ");

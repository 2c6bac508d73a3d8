import type { Call } from "../findings/arguments.ts";

/** A pointer among a call's arguments. */
export interface PointerArgument {
  readonly address: bigint;
  /** Printed without `?`: the value is live, not a stale guess (Go 1.18+). */
  readonly isSure: boolean;
}

const NUMBER = /0x[0-9a-f]+\??/g;
/** Addresses below belong to nothing: lengths, flags, offsets of nil pointers. */
const LOWEST_ADDRESS = 0x10000n;

/** Everything among the arguments that may be an address, in their order, the parts of strings and slices included. */
export function pointersOf(frame: Call): readonly PointerArgument[] {
  if (frame.args === null || frame.args === "...") return [];
  const found: PointerArgument[] = [];
  for (const [text] of frame.args.matchAll(NUMBER)) {
    const isSure = !text.endsWith("?");
    const address = BigInt(isSure ? text : text.slice(0, -1));
    if (address >= LOWEST_ADDRESS) found.push({ address, isSure });
  }
  return found;
}

/** The first argument of a method call, its receiver, when it is printed and is an address. */
export function receiverOf(frame: Call): PointerArgument | undefined {
  const first = frame.args?.match(/^0x[0-9a-f]+\??/)?.[0];
  return first === undefined ? undefined : pointersOf({ ...frame, args: first })[0];
}

/** `0xc000118008`, as Go prints it. */
export function hex(address: bigint): string {
  return `0x${address.toString(16)}`;
}

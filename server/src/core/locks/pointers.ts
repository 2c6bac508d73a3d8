import type { Call } from "../analysis/arguments.ts";

/** A pointer among a call's arguments. */
export interface PointerArgument {
  readonly address: bigint;
  /** Printed without `?`: the value is live, not a stale guess (Go 1.18+). */
  readonly isSure: boolean;
}

const NUMBER = /0x[0-9a-f]+\??/g;
const FIRST = /^0x[0-9a-f]+\??/;
/** Addresses below belong to nothing: lengths, flags, offsets of nil pointers. */
const LOWEST_ADDRESS = 0x10000n;

/** Everything among the arguments that may be an address, in their order, the parts of strings and slices included. */
export function pointersOf({ args }: Call): readonly PointerArgument[] {
  const numbers: readonly string[] = args?.match(NUMBER) ?? [];
  return numbers.flatMap((text) => pointerOf(text) ?? []);
}

/**
 * The first argument of a method call, its receiver, when it is printed and is an address. Of a generic type's method newer
 * Go prints the dictionary of its type arguments in that place, or what a register happens to hold: that is a guess at most.
 */
export function receiverOf({ function: name, args }: Call): PointerArgument | undefined {
  const first = args === null ? null : FIRST.exec(args);
  const receiver = first === null ? undefined : pointerOf(first[0]);
  return receiver?.isSure === true && name.includes("[") ? { ...receiver, isSure: false } : receiver;
}

function pointerOf(text: string): PointerArgument | undefined {
  const isSure = !text.endsWith("?");
  const address = BigInt(isSure ? text : text.slice(0, -1));
  return address < LOWEST_ADDRESS ? undefined : { address, isSure };
}

/** `0xc000118008`, as Go prints it. */
export function hex(address: bigint): string {
  return `0x${address.toString(16)}`;
}

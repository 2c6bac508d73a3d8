/** `0xc000118008`, as Go prints it. */
export function hex(address: bigint): string {
  return `0x${address.toString(16)}`;
}

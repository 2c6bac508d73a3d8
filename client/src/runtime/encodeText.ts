/** The text in UTF-8. */
export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The text that UTF-8 bytes hold. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

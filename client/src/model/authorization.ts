import { toBase64 } from "./base64.ts";

/** The header `Authorization` of a user and password, joined by a colon (RFC 7617), in UTF-8. */
export function basicAuthorization(credentials: string): string {
  const bytes = unescapeUtf8(encodeURIComponent(credentials));
  return `Basic ${toBase64(bytes)}`;
}

/** The bytes of a text in which every byte that is not plain ASCII is `%` and two digits. */
function unescapeUtf8(escaped: string): Uint8Array {
  const bytes = escaped.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
}

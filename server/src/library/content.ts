import { encodeUtf8 } from "../core/text/utf8.ts";

/** What may hold dumps: a text, or the bytes of a file of any form, packed or not, as a whole or in pieces. */
export type Content = string | Uint8Array | readonly Uint8Array[];

/** Its bytes. */
export function piecesOf(content: Content): readonly Uint8Array[] {
  if (typeof content === "string") return [encodeUtf8(content)];
  return content instanceof Uint8Array ? [content] : content;
}

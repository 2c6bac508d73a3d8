import { expect, it } from "vitest";
import { encodeUtf8 } from "../../server/src/core/text/utf8.ts";
import { encodeText } from "../../server/src/node/encodeText.ts";

it.each([
  ["ASCII", "main.main()\n"],
  ["characters that need more bytes than there is room for", "größe €"],
  ["one of them at the end", "a€"],
  ["halves of pairs", "a\ud800b😀"],
  ["nothing", ""],
])("a text of %s is encoded, whatever room there is", (_, text) => {
  const encoded = [
    encodeText(text),
    encodeText(text, new Uint8Array(text.length)),
    encodeText(text, new Uint8Array(99)),
  ];
  for (const bytes of encoded) expect(new Uint8Array(bytes)).toEqual(encodeUtf8(text));
});

/** Bytes a dump's ASCII strings are decoded in at a time: `String.fromCharCode` takes its arguments on the stack. */
const ASCII_STEP = 4096;
const REPLACEMENT = 0xfffd;

/**
 * Decodes UTF-8. Invalid bytes become U+FFFD, one each, as in any lenient decoder; nothing is dropped and it never
 * throws. (Core has no `TextDecoder`: it knows neither Node nor the DOM.)
 */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = "";
  let offset = start;
  while (offset < end) {
    const asciiEnd = endOfAscii(bytes, offset, Math.min(end, offset + ASCII_STEP));
    if (asciiEnd > offset) {
      text += String.fromCharCode.apply(null, bytes.subarray(offset, asciiEnd) as unknown as number[]);
      offset = asciiEnd;
    } else {
      const length = sequenceLength(bytes, offset, end);
      text += length === 0 ? "\ufffd" : String.fromCodePoint(codePoint(bytes, offset, length));
      offset += Math.max(1, length);
    }
  }
  return text;
}

/** Encodes as UTF-8; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return encodeFrom(text, bytes.subarray(0, index));
    bytes[index] = code;
  }
  return bytes;
}

/** Encodes a text whose beginning is ASCII and encoded already. */
function encodeFrom(text: string, start: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  bytes.set(start);
  let length = start.length;
  for (let index = start.length; index < text.length; index++) {
    let code = text.codePointAt(index) ?? REPLACEMENT;
    if (code > 0xffff) index++;
    if (code >= 0xd800 && code <= 0xdfff) code = REPLACEMENT;
    length = writeCodePoint(bytes, length, code);
  }
  return bytes.slice(0, length);
}

function endOfAscii(bytes: Uint8Array, start: number, end: number): number {
  let offset = start;
  while (offset < end && bytes[offset]! < 0x80) offset++;
  return offset;
}

/** The lowest code point a sequence of that many bytes may stand for: below it the sequence is overlong. */
const LOWEST = [0, 0, 0x80, 0x800, 0x10000];

/** Length of the well-formed sequence of two to four bytes at `offset`; 0 when it is malformed or cut. */
function sequenceLength(bytes: Uint8Array, offset: number, end: number): number {
  const lead = bytes[offset]!;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || offset + length > end) return 0;
  for (let index = 1; index < length; index++) if ((bytes[offset + index]! & 0xc0) !== 0x80) return 0;
  const code = codePoint(bytes, offset, length);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < LOWEST[length]! || code > 0x10ffff || isSurrogate ? 0 : length;
}

function codePoint(bytes: Uint8Array, offset: number, length: number): number {
  let code = bytes[offset]! & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) code = (code << 6) | (bytes[offset + index]! & 0x3f);
  return code;
}

function writeCodePoint(bytes: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    bytes[at] = code;
    return at + 1;
  }
  const trailing = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  bytes[at] = ((0xf0 << (3 - trailing)) & 0xff) | (code >> (6 * trailing));
  for (let index = 1; index <= trailing; index++) {
    bytes[at + index] = 0x80 | ((code >> (6 * (trailing - index))) & 0x3f);
  }
  return at + trailing + 1;
}

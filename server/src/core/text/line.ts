/** One line of a dump, as the readers see it: without its end, and without whatever the dump was wrapped in. */
export interface Line {
  readonly text: string;
  /** Line of the original text, 0-based. Several lines share it when the dump stood escaped on one line. */
  readonly number: number;
  /** Offset in bytes, in the original text, of the first character. */
  readonly offset: number;
  /**
   * Offsets in bytes, in the original text, of the characters (UTF-16 units) and of the end. Null: each character is as
   * many bytes as UTF-8 makes it, from `offset` on.
   */
  readonly offsets: Int32Array | Float64Array | null;
}

/** Offset in bytes, in the original text, of the character at `column` (UTF-16 units) of a line. */
export function offsetOf(line: Line, column: number): number {
  if (line.offsets !== null) return line.offsets[Math.min(column, line.offsets.length - 1)] ?? line.offset;
  return line.offset + utf8Length(line.text, column);
}

/** Bytes of the first `end` UTF-16 units of a text in UTF-8. */
export function utf8Length(text: string, end: number): number {
  let bytes = 0;
  for (let index = 0; index < end && index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isPair = code >= 0xd800 && code < 0xdc00 && index + 1 < text.length;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isPair ? 4 : 3;
    if (isPair) index++;
  }
  return bytes;
}

import type { Layer } from "../model/wrapping.ts";
import { asciiBytes, startsWith } from "../text/ascii.ts";
import type { ByteLine } from "../text/byteLine.ts";
import { isPlainText } from "../text/bytes.ts";
import type { ByteUnwrapper, Unwrapped } from "./byteUnwrapper.ts";
import { ByteText, unescapeBytes } from "./escapesInBytes.ts";
import { STRING_LIMIT } from "./fields.ts";

const SPACE = 0x20;
const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
/** Names and values that are not written with escapes. */
const UNESCAPED = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;

type FieldLayer = Layer & { kind: "field" };

/** The unwrapper of a field for lines in bytes; undefined: its names or values may be written with escapes. */
export function fieldInBytes(layer: FieldLayer): ByteUnwrapper | undefined {
  const texts = [layer.key, ...layer.source.flat()];
  if (!texts.every((text) => UNESCAPED.test(text))) return undefined;
  return layer.style === "json" ? new JsonField(layer) : new LogfmtField(layer.key);
}

/** The first string field of a name in a record, and where its value is in the line read last. */
class StringField {
  /** Offset behind the opening quote, and of the closing one; -1: there is no such field. */
  start = -1;
  end = -1;
  readonly #key: Uint8Array;

  constructor(key: string) {
    this.#key = asciiBytes(key);
  }

  isNamed(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#key.length === end - start && startsWith(bytes, start, this.#key);
  }
}

/** Lines that are JSON objects. Records with other bytes than printable ASCII are left to the unwrapper of lines. */
class JsonField implements ByteUnwrapper {
  readonly #isJoined: boolean;
  readonly #held: StringField;
  /** With the values that they have in the records of the layer. */
  readonly #sources: readonly { readonly field: StringField; readonly value: Uint8Array }[];
  readonly #fields: readonly StringField[];
  readonly #text = new ByteText();

  constructor({ key, source, isJoined }: FieldLayer) {
    this.#isJoined = isJoined;
    this.#held = new StringField(key);
    this.#sources = source.map(([name, value]) => ({ field: new StringField(name), value: asciiBytes(value) }));
    this.#fields = [this.#held, ...this.#sources.map(({ field }) => field)];
  }

  unwrap(line: ByteLine): Unwrapped {
    const { bytes, view, start, end } = line;
    if (!isPlainText(view, start, end)) return "unsure";
    const brace = behindSpaces(bytes, start, end);
    const first = behindSpaces(bytes, brace + 1, end);
    if (brace >= end || bytes[brace] !== OPEN_BRACE || first >= end || bytes[first] !== QUOTE) return "none";
    if (!findFields(line, this.#fields)) return "unsure";
    for (const { field, value } of this.#sources) {
      if (field.end - field.start === value.length && startsWith(bytes, field.start, value)) continue;
      return bytes.subarray(field.start, field.end).includes(BACKSLASH) ? "unsure" : "none";
    }
    return becomeString(line, this.#held, this.#text, this.#isJoined) ? "taken" : "unsure";
  }
}

/** Lines with `key=value` or `key="value"`. */
class LogfmtField implements ByteUnwrapper {
  readonly #key: Uint8Array;
  readonly #text = new ByteText();

  constructor(key: string) {
    this.#key = asciiBytes(`${key}=`);
  }

  unwrap(line: ByteLine): Unwrapped {
    const { bytes, view, start, end } = line;
    if (!isPlainText(view, start, end)) return "unsure";
    const value = this.#find(line);
    if (value < 0) return "none";
    if (value < end && bytes[value] === QUOTE) {
      const field = { start: value + 1, end: closingQuote(bytes, value, end) };
      return field.end >= 0 && becomeString(line, field, this.#text, false) ? "taken" : "unsure";
    }
    if (!line.knowsPlaceOf(value)) return "unsure";
    let valueEnd = value;
    while (valueEnd < end && bytes[valueEnd] !== SPACE) valueEnd++;
    line.beginAt(value);
    line.end = valueEnd;
    return "taken";
  }

  /** Offset of the value, as `findLogfmtKey` finds it; -1: there is none. */
  #find({ bytes, start, end }: ByteLine): number {
    let at = start;
    while (at + this.#key.length <= end) {
      if (bytes[at] === QUOTE) {
        const close = closingQuote(bytes, at, end);
        if (close < 0) return -1;
        at = close + 1;
      } else if ((at === start || bytes[at - 1] === SPACE) && startsWith(bytes, at, this.#key)) {
        return at + this.#key.length;
      } else at++;
    }
    return -1;
  }
}

/** Finds fields as `findJsonString` does, all in one pass; false: one is missing, or a string is not closed. */
function findFields({ bytes, start, end }: ByteLine, fields: readonly StringField[]): boolean {
  for (const field of fields) field.start = -1;
  let missing = fields.length;
  let at = start;
  for (let count = 0; missing > 0; count++) {
    while (at < end && bytes[at] !== QUOTE) at++;
    const close = at < end && count < STRING_LIMIT ? closingQuote(bytes, at, end) : -1;
    if (close < 0) return false;
    const value = valueBehind(bytes, close + 1, end);
    for (const field of value < 0 ? [] : fields) {
      if (field.start >= 0 || !field.isNamed(bytes, at + 1, close)) continue;
      field.start = value + 1;
      field.end = closingQuote(bytes, value, end);
      if (field.end < 0) return false;
      missing--;
    }
    at = close + 1;
  }
  return true;
}

/** Makes the line what a string in it holds; false: that has to be read otherwise. */
function becomeString(
  line: ByteLine,
  { start, end }: { readonly start: number; readonly end: number },
  text: ByteText,
  isJoined: boolean,
): boolean {
  if (!line.knowsPlaceOf(start)) return false;
  const string = unescapeBytes(line.bytes, start, end, text);
  if (string === undefined || (isJoined && !string.endsLine)) return false;
  line.beginAt(start);
  line.become(text.bytes, text.view, text.length, string.straight);
  return true;
}

/** Offset of the opening quote of the string that is the value behind a name; -1: it is no string. */
function valueBehind(bytes: Uint8Array, start: number, end: number): number {
  const colon = behindSpaces(bytes, start, end);
  if (colon >= end || bytes[colon] !== COLON) return -1;
  const value = behindSpaces(bytes, colon + 1, end);
  return value < end && bytes[value] === QUOTE ? value : -1;
}

/** Offset of the quote that closes the string whose opening quote is at `start`; -1: it is not closed. */
function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at < end ? at : -1;
}

function behindSpaces(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === SPACE) at++;
  return at;
}

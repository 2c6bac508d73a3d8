import { say } from "../../core/text/say.ts";
import type { Inline } from "../base/richText.ts";
import { words } from "../base/words.ts";
import type { Expression } from "../golang/syntax/ast.ts";
import { wordsOf } from "./argumentWords.ts";

/** Bits of the numbers that Go prints in full; the words are as long as the type (`printArgs` in `runtime/traceback.go`). */
const BITS: ReadonlyMap<string, number> = new Map([
  ...[8, 16, 32, 64].flatMap((bits) => [[`int${bits}`, bits] as const, [`uint${bits}`, bits] as const]),
  ["int", 64],
  ["uint", 64],
  ["byte", 8],
  ["rune", 32],
]);

const BOOLS: ReadonlyMap<string, string> = new Map([
  ["0x0", "false"],
  ["0x1", "true"],
]);

/**
 * What a printed argument says when it is of a type; undefined: it cannot be of that type.
 * @param word as it is printed: `0x1`, `{0xc000012345, 0x5}`, with a `?` behind what may be out of date
 * @param typeText the type as the source writes it
 */
export function argumentValue(type: Expression, typeText: string, word: string): readonly Inline[] | undefined {
  const fields = wordsOf(word);
  if (word === "_" || fields?.at(-1) === "...") return asPrinted(word);
  switch (type.kind) {
    case "name":
      return namedValue(type.name, word, fields);
    case "unary":
    case "chan":
    case "map":
    case "functionType":
      return fields === undefined ? pointer(word) : undefined;
    case "array":
      return /^(?:\[\]|\.\.\.)/.test(typeText) ? slice(fields) : group(word, fields);
    case "struct":
      return group(word, fields);
    case "interface":
      return interfaceValue(word, fields);
    default:
      return asPrinted(word);
  }
}

/** Of a type that the source names by one word: Go's own, or one of the package, which may be anything. */
function namedValue(name: string, word: string, fields: readonly string[] | undefined): readonly Inline[] | undefined {
  const bits = BITS.get(name);
  if (bits !== undefined) return fields === undefined ? number(word, bits, /^(?:int|rune)/.test(name)) : undefined;
  switch (name) {
    case "bool":
      return fields === undefined ? [{ code: BOOLS.get(fresh(word)) ?? fresh(word) }] : undefined;
    case "string":
      return text(fields);
    case "error":
    case "any":
      return interfaceValue(word, fields);
    default:
      return asPrinted(word);
  }
}

function number(word: string, bits: number, isSigned: boolean): readonly Inline[] | undefined {
  const value = readWord(word);
  if (value === undefined || value >> BigInt(bits) !== 0n) return undefined;
  return [{ code: String(isSigned ? BigInt.asIntN(bits, value) : value) }];
}

function pointer(word: string): readonly Inline[] {
  return [{ code: fresh(word) === "0x0" ? "nil" : fresh(word) }];
}

/** Address and length. */
function text(fields: readonly string[] | undefined): readonly Inline[] | undefined {
  if (fields?.length !== 2) return undefined;
  return [words(say`length ${length(fields[1]!)}, at `), { code: fresh(fields[0]!) }];
}

/** Address, length and capacity. */
function slice(fields: readonly string[] | undefined): readonly Inline[] | undefined {
  if (fields?.length !== 3) return undefined;
  const [address, size, capacity] = fields as [string, string, string];
  if (fresh(address) === "0x0") return [{ code: "nil" }];
  return [words(say`length ${length(size)}, capacity ${length(capacity)}, at `), { code: fresh(address) }];
}

/** Type and value. */
function interfaceValue(word: string, fields: readonly string[] | undefined): readonly Inline[] | undefined {
  if (fields?.length !== 2) return undefined;
  return [{ code: fresh(fields[0]!) === "0x0" ? "nil" : fresh(word) }];
}

function group(word: string, fields: readonly string[] | undefined): readonly Inline[] | undefined {
  return fields === undefined ? undefined : asPrinted(word);
}

function length(word: string): string {
  return String(readWord(word) ?? word);
}

function readWord(word: string): bigint | undefined {
  return /^0x[0-9a-f]{1,16}\??$/.test(word) ? BigInt(fresh(word)) : undefined;
}

function asPrinted(word: string): readonly Inline[] {
  return [{ code: fresh(word) }];
}

/** Without the marks of what may be out of date. */
function fresh(word: string): string {
  return word.replaceAll("?", "");
}

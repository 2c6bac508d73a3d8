import { type Message, say } from "../core/text/say.ts";

/** What the first bytes of a file say that it is. */
export type Sniffed =
  | { readonly kind: "text" }
  | { readonly kind: "gzip" }
  | { readonly kind: "profile" }
  | { readonly kind: "utf16"; readonly littleEndian: boolean }
  /** Something else; `what` reads behind "This is". */
  | { readonly kind: "other"; readonly what: Message };

/** Bytes that are enough to tell. */
export const SNIFF_LENGTH = 32;

/** Latin letters that show UTF-16 at least. */
const LATIN_LETTERS = 8;

const CORE = say`It holds memory, not text: open it with "dlv core" and its program.`;

const MAGIC: readonly (readonly [start: string, what: Message])[] = [
  ["\x7fELF", say`a program or a core file. ${CORE}`],
  ["\xfe\xed\xfa\xce", say`a program or a core file of macOS. ${CORE}`],
  ["\xfe\xed\xfa\xcf", say`a program or a core file of macOS. ${CORE}`],
  ["\xcf\xfa\xed\xfe", say`a program or a core file of macOS. ${CORE}`],
  ["\xce\xfa\xed\xfe", say`a program or a core file of macOS. ${CORE}`],
  ["MDMP", say`a minidump of Windows. ${CORE}`],
  ["MZ", say`a program of Windows.`],
  ["go1.7 heap dump\n", say`a heap dump (debug.WriteHeapDump): it holds objects, not stacks as text.`],
  ["PK\x03\x04", say`a zip archive: unpack it first.`],
  ["\x28\xb5\x2f\xfd", say`packed with zstd: unpack it first ("zstd -d").`],
  ["\xfd7zXZ", say`packed with xz: unpack it first ("xz -d").`],
  ["BZh", say`packed with bzip2: unpack it first ("bunzip2").`],
  ["\x89PNG", say`an image.`],
  ["SQLite format 3", say`a SQLite database.`],
];

/** `go 1.22 trace`, then NUL bytes (`runtime/trace`). */
const EXECUTION_TRACE = /^go 1\.\d+ trace\0/;

/** Tells the kind of a file by its first {@link SNIFF_LENGTH} bytes (fewer when it is shorter). */
export function sniff(head: Uint8Array): Sniffed {
  const [first, second, third] = head;
  if (first === 0x1f && second === 0x8b) return { kind: "gzip" };
  if (first === 0xff && second === 0xfe) return { kind: "utf16", littleEndian: true };
  if (first === 0xfe && second === 0xff) return { kind: "utf16", littleEndian: false };
  const text = Array.from(head.subarray(0, SNIFF_LENGTH), (byte) => String.fromCharCode(byte)).join("");
  if (EXECUTION_TRACE.test(text)) {
    return { kind: "other", what: say`an execution trace: open it with "go tool trace".` };
  }
  const magic = MAGIC.find(([start]) => text.startsWith(start));
  if (magic !== undefined && (magic[0] !== "MZ" || text.includes("\0"))) return { kind: "other", what: magic[1] };
  if (isProfile(first, second, third)) return { kind: "profile" };
  const littleEndian = zerosOfUtf16(head.subarray(0, SNIFF_LENGTH));
  return littleEndian === undefined ? { kind: "text" } : { kind: "utf16", littleEndian };
}

/**
 * A profile begins with its period type (field 11, as Go writes it) or its first sample type (field 1, rewritten by a
 * tool): a short message of two small numbers. Text may begin with the same byte, but not go on like that.
 */
function isProfile(first: number | undefined, second: number | undefined, third: number | undefined): boolean {
  if (first !== 0x5a && first !== 0x0a) return false;
  return second !== undefined && second > 0 && second < 0x20 && (third === 0x08 || third === 0x10);
}

/**
 * UTF-16 without a byte order mark shows by its Latin letters, of which a dump's head mostly is: each has a zero byte, always on
 * the same side. Undefined: it is none; else whether it is little-endian.
 */
function zerosOfUtf16(head: Uint8Array): boolean | undefined {
  const [before, behind] = [0, 1].map((side) => head.filter((byte, at) => byte === 0 && at % 2 === side).length);
  if (before! > 0 === behind! > 0) return undefined;
  return before! + behind! < Math.max(LATIN_LETTERS, head.length / 4) ? undefined : behind! > 0;
}

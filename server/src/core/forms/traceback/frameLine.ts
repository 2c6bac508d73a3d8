import { readId } from "../../model/dump.ts";

/** The first line of a frame: `main.(*T).f(0xc000010018, {0x1, 0x2}, ...)`. */
export interface CallLine {
  readonly function: string;
  /** The text between the parentheses; null in forms that print none (gccgo, symbolised C frames). */
  readonly args: string | null;
}

/** The second line of a frame: a TAB, then `/src/x/main.go:8 +0x3a fp=0x... sp=0x... pc=0x...`. */
export interface LocationLine {
  /** Null for a C frame of which only the address is known. */
  readonly file: string | null;
  /** 1-based; null likewise. */
  readonly line: number | null;
  /** Column of the path in the line's text, and the column behind the line number. */
  readonly start: number;
  readonly end: number;
}

/** `created by main.main.func1 in goroutine 7`. */
export interface CreatedByLine {
  readonly function: string;
  /** Id of the creator (Go 1.21+), or null. */
  readonly creator: number | null;
}

const ARGS = /^[0-9a-fx?{}_,. ]*$/;
const LOCATION = /^(\s*)(\S.*?):(\d+)(?: \+0x[0-9a-f]+)?(?: fp=0x[0-9a-f]+ sp=0x[0-9a-f]+(?: pc=0x[0-9a-f]+)?)?\s*$/;
/** With anything behind an offset: people comment dumps; or, where they shorten by hand, a comment behind wide blanks. */
const COMMENTED_LOCATION = /^(\s*)(\S.*?):(\d+)(?!\d)(?: \+0x[0-9a-f]+\s|(?<=\.go:\d+)\s+(?:\/\/|(?<=\s{2})\S))/;
/** A place, with something that reads like a call behind it. */
const PLACE_AHEAD = /^\S+\.go:\d+\s/;
const MORE_ARGS = /^[0-9a-fx?{}_,. ]+\)?$/;
/** What is left of arguments, and no function's name. */
const NO_NAME = /^(?:0x|\.\.\.|[0-9a-fx?{}_. ]*[,)])/;
/** A C frame's place as `runtime/symtab.go` prints it: `a.c:12 pc=0x4004d0`, or only the address. */
const C_LOCATION = /^(\s+)(?:(\S.*):(\d+) )?pc=0x[0-9a-f]+\s*$/;
const NON_GO = /^non-Go function(?: at pc=0x[0-9a-f]+)?$/;
const CREATED_BY = /^created by (\S.*?)(?: in goroutine (\d+))?$/;
/** What stands behind a call that is shortened to one line: `main.go:8`, `C:/src/main.go:8 +0x1d`. */
const OFFSET_BEHIND = / \+0x[0-9a-f]+$/;
const PLACE = /^((?:[A-Za-z]:)?[^\s:]+\.go):(\d+)$/;
const STARTS_NAME = /^\s*[A-Za-z_]/;
/** The name of a function with its package. */
const NAME = /^[A-Za-z_][^\s:]*\.[^\s:.]+$/;
const ANCESTOR = /^\[originating from goroutine (\d+)\]:/;
const ELIDED = /^\.\.\.\s?(?:(\d+)|additional) frames elided\.\.\./;
/** Not Go's: how this project's condensed dumps count goroutines, see `writeCondensed`. */
const MORE = /^\.\.\. and (\d{1,15}) more goroutines? with this stack$/;
const UNAVAILABLE = /^\s*goroutine (?:running on other thread|in C code); stack unavailable/;

/** The call a line is, by its closing parenthesis and what stands between the last pair of them. */
export function readCall(text: string): CallLine | undefined {
  const trimmed = text.trimEnd();
  if (!trimmed.endsWith(")") || /^\s/.test(text)) return undefined;
  const open = trimmed.lastIndexOf("(");
  if (open < 1 || PLACE_AHEAD.test(text) || NO_NAME.test(text)) return undefined;
  const args = trimmed.slice(open + 1, -1);
  return ARGS.test(args) ? { function: trimmed.slice(0, open), args } : undefined;
}

/**
 * The frame a line holds all of, as people shorten it: `main.(*T).f(...)   main.go:8`, `main.f  main.go:8`. Undefined: it
 * does not, as in all that Go prints itself.
 */
export function readPlacedCall(text: string): { readonly call: CallLine; readonly place: LocationLine } | undefined {
  if (!STARTS_NAME.test(text) || !text.includes(".go:")) return undefined;
  const placed = text.trimEnd().replace(OFFSET_BEHIND, "");
  const start = Math.max(placed.lastIndexOf(" "), placed.lastIndexOf("\t")) + 1;
  const [, file, line] = start === 0 ? [] : (PLACE.exec(placed.slice(start)) ?? []);
  if (file === undefined || line === undefined) return undefined;
  const before = placed.slice(0, start);
  const name = before.trim();
  const isApart = before.length - before.trimEnd().length > 1 || before.endsWith("\t");
  const call = readCall(name) ?? (isApart && !name.endsWith(")") ? { function: name, args: null } : undefined);
  if (call === undefined || !NAME.test(call.function)) return undefined;
  return { call, place: { file, line: Number(line), start, end: placed.length } };
}

/**
 * Whether a line may be the beginning of a call whose arguments the next line goes on with: mail programs wrap them,
 * without an indentation.
 */
export function isUnfinishedCall(text: string): boolean {
  const open = text.lastIndexOf("(");
  return open > 0 && /^[^\s(]/.test(text) && ARGS.test(text.slice(open + 1));
}

/** Whether a line may go on with the arguments of a call that the line above began. */
export function areMoreArguments(text: string): boolean {
  return MORE_ARGS.test(text.trimStart());
}

/** Whether a line without parentheses may be a function's name (gccgo, C). */
export function mayBeName(text: string): boolean {
  return !NO_NAME.test(text);
}

/** The place a line names. `bare` allows it to stand at the line's start: copies lose their TABs. */
export function readLocation(text: string, bare: boolean): LocationLine | undefined {
  const inC = C_LOCATION.exec(text);
  const match = inC ?? LOCATION.exec(text) ?? COMMENTED_LOCATION.exec(text);
  if (match === null) return undefined;
  const [, indent = "", file, line] = match;
  if (indent === "" && !bare) return undefined;
  if (file === undefined || line === undefined)
    return { file: null, line: null, start: indent.length, end: text.length };
  const end = indent.length + file.length + 1 + line.length;
  return { file, line: Number(line), start: indent.length, end };
}

/** Whether a line is a C frame without symbols: one line, no place. */
export function isNonGoFunction(text: string): boolean {
  return NON_GO.test(text);
}

export function readCreatedBy(text: string): CreatedByLine | undefined {
  const match = CREATED_BY.exec(text.trimEnd());
  if (match === null) return undefined;
  return { function: match[1] ?? "", creator: match[2] === undefined ? null : readId(match[2]) };
}

/** The id in `[originating from goroutine 7]:` (GODEBUG=tracebackancestors), or undefined. */
export function readAncestor(text: string): number | undefined {
  const match = ANCESTOR.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** How many frames Go left out here: null when it does not say (Go 1.20 and before); undefined: no such line. */
export function readElided(text: string): number | null | undefined {
  const match = ELIDED.exec(text);
  if (match === null) return undefined;
  return match[1] === undefined ? null : Number(match[1]);
}

/** How many goroutines a condensed dump leaves out behind this one; undefined: no such line. */
export function readMore(text: string): number | undefined {
  const match = MORE.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** Whether a line says that the goroutine ran on another thread, or in C (gccgo), so that no stack can be printed. */
export function isUnavailable(text: string): boolean {
  return UNAVAILABLE.test(text);
}

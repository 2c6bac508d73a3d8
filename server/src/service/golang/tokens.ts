/** What a token of Go source is. Keywords are names; comments are left out. */
export type TokenKind = "name" | "number" | "string" | "operator";

/** A token and where it stands. */
export interface GoToken {
  readonly kind: TokenKind;
  /** As written; operators as long as Go has them: `<-`, `:=`, `...`, `&^=`. */
  readonly text: string;
  /** UTF-16 offset in the source. */
  readonly offset: number;
  /** 0-based line of its first character. */
  readonly line: number;
  /** 0-based UTF-16 column of its first character. */
  readonly column: number;
  /** Whether it begins a statement as far as lines tell: Go ends one at a newline behind a name, a value or a bracket. */
  readonly startsStatement: boolean;
}

/** Letters beyond ASCII; sticky, so that it reads no more than the name. */
const WIDE_NAME = /[\p{L}\p{Nd}_]+/uy;
const LONG_OPERATORS = new Set(
  "<- := == != <= >= && || ++ -- += -= *= /= %= &= |= ^= << >> &^ ... <<= >>= &^=".split(" "),
);

/** Keywords that a statement cannot end with. */
const OPENS_MORE = new Set(
  (
    "case chan const default defer else for func go goto if import interface map package range select struct switch " +
    "type var"
  ).split(" "),
);
const CLOSES = new Set([")", "]", "}", ";", "++", "--"]);

/** Reads Go source into tokens, in linear time; unfinished strings and comments end where the line or the file ends. */
export function tokenizeGo(source: string): readonly GoToken[] {
  const tokens: GoToken[] = [];
  let line = 0;
  let lineStart = 0;
  let lineEnd = endOfLine(source, 0);
  let lastLine = -1;
  let offset = 0;
  const advanceTo = (end: number): void => {
    for (; lineEnd < end; lineEnd = endOfLine(source, lineStart)) {
      line++;
      lineStart = lineEnd + 1;
    }
    offset = end;
  };
  while (offset < source.length) {
    const blank = endOfBlank(source, offset);
    if (blank > offset) {
      advanceTo(blank);
      continue;
    }
    const [kind, end] = nextToken(source, offset);
    const startsStatement = line > lastLine && canEndStatement(tokens.at(-1));
    tokens.push({ kind, text: source.slice(offset, end), offset, line, column: offset - lineStart, startsStatement });
    advanceTo(end);
    lastLine = line;
  }
  return tokens;
}

/** Where blanks and comments end that begin here; `offset` itself when none do. */
function endOfBlank(source: string, offset: number): number {
  if (source.startsWith("//", offset)) return endOfLine(source, offset + 2);
  if (source.startsWith("/*", offset)) return endAt(source, "*/", offset + 2);
  let end = offset;
  while (isBlank(source.charCodeAt(end))) end++;
  return end;
}

function nextToken(source: string, offset: number): readonly [TokenKind, end: number] {
  const first = source[offset];
  if (first === "`") return ["string", endAt(source, "`", offset + 1)];
  if (first === '"' || first === "'") return ["string", endOfQuoted(source, first, offset + 1)];
  const second = source.charCodeAt(offset + 1);
  if (isDigit(source.charCodeAt(offset)) || (first === "." && isDigit(second))) {
    return ["number", endOfNumber(source, offset + 1)];
  }
  const name = endOfName(source, offset);
  if (name > offset) return ["name", name];
  return ["operator", endOfOperator(source, offset)];
}

/** Behind the longest operator that begins there; a character that begins none is one by itself. */
function endOfOperator(source: string, offset: number): number {
  for (const length of [3, 2]) {
    const text = source.slice(offset, offset + length);
    if (LONG_OPERATORS.has(text)) return offset + text.length;
  }
  return offset + 1;
}

function endOfName(source: string, offset: number): number {
  let end = offset;
  for (;;) {
    while (isNameCode(source.charCodeAt(end))) end++;
    if (!(source.charCodeAt(end) >= 0x80)) return end;
    WIDE_NAME.lastIndex = end;
    const wide = WIDE_NAME.exec(source)?.[0].length ?? 0;
    if (wide === 0) return end;
    end += wide;
  }
}

/** Digits, letters, dots, and a sign behind an exponent's letter. */
function endOfNumber(source: string, offset: number): number {
  let end = offset;
  while (
    isNameCode(source.charCodeAt(end)) ||
    source[end] === "." ||
    /[eEpP][+-]/.test(source.slice(end - 1, end + 1))
  ) {
    end++;
  }
  return end;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf("\n", from);
  return end < 0 ? source.length : end;
}

/** Behind the next `mark`, or at the end of the source. */
function endAt(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at + mark.length;
}

function endOfQuoted(source: string, quote: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === "\n") return at;
    if (char === quote) return at + 1;
    if (char === "\\") at++;
  }
  return source.length;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d || code === 0xfeff;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isNameCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f;
}

function canEndStatement(previous: GoToken | undefined): boolean {
  if (!previous) return true;
  if (previous.kind === "operator") return CLOSES.has(previous.text);
  return previous.kind !== "name" || !OPENS_MORE.has(previous.text);
}

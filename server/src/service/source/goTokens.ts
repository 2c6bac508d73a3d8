/** What a token of Go source is. Keywords are names; comments are left out. */
export type TokenKind = "name" | "number" | "string" | "operator";

/** A token and where it stands. */
export interface GoToken {
  readonly kind: TokenKind;
  /** As written; of operators only `<-`, `:=`, `==`, `&&` and `||` are longer than one character. */
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

/** Sticky, and each bounded by what it reads: reading takes time linear in the source's length. */
const BLANK = /[ \t\r\n\ufeff]+/y;
const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /\.?\d(?:[eEpP][+-]|[\w.])*/y;
const OPERATOR = /<-|:=|==|&&|\|\||[\s\S]/uy;

/** Keywords that a statement cannot end with. */
const OPENS_MORE =
  /^(?:case|chan|const|default|defer|else|for|func|go|goto|if|import|interface|map|package|range|select|struct|switch|type|var)$/;

/** Reads Go source into tokens; unfinished strings and comments end where the line or the file ends. */
export function tokenizeGo(source: string): readonly GoToken[] {
  const tokens: GoToken[] = [];
  let line = 0;
  let lineStart = 0;
  let lastLine = -1;
  let offset = 0;
  const advanceTo = (end: number): void => {
    for (let at = source.indexOf("\n", offset); at >= 0 && at < end; at = source.indexOf("\n", at + 1)) {
      line++;
      lineStart = at + 1;
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
  if (source.startsWith("//", offset)) return endAt(source, "\n", offset + 2);
  if (source.startsWith("/*", offset)) return endAt(source, "*/", offset + 2);
  return endOfMatch(BLANK, source, offset);
}

function nextToken(source: string, offset: number): readonly [TokenKind, end: number] {
  const first = source[offset];
  if (first === "`") return ["string", endAt(source, "`", offset + 1)];
  if (first === '"' || first === "'") return ["string", endOfQuoted(source, first, offset + 1)];
  const name = endOfMatch(NAME, source, offset);
  if (name > offset) return ["name", name];
  const number = endOfMatch(NUMBER, source, offset);
  if (number > offset) return ["number", number];
  return ["operator", Math.max(offset + 1, endOfMatch(OPERATOR, source, offset))];
}

function endOfMatch(pattern: RegExp, source: string, offset: number): number {
  pattern.lastIndex = offset;
  return offset + (pattern.exec(source)?.[0].length ?? 0);
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

function canEndStatement(previous: GoToken | undefined): boolean {
  if (!previous) return true;
  if (previous.kind === "operator") return /^[)\]};]$/.test(previous.text);
  return previous.kind !== "name" || !OPENS_MORE.test(previous.text);
}

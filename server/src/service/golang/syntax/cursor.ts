import type { GoToken } from "../tokens.ts";
import type { Name, Span } from "./ast.ts";

/** How deep brackets and blocks may nest: deeper source is made up, and would overflow the stack. */
const MAX_DEPTH = 400;

/** The source is no Go as far as the parser knows it. */
export class UnreadableSource extends Error {}

const END: GoToken = { kind: "operator", text: "", offset: 0, line: 0, column: 0, startsStatement: true };
const KEYWORDS = new Set(
  (
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package " +
    "range return select struct switch type var"
  ).split(" "),
);

/** Reads on through the tokens of a file. */
export class Cursor {
  readonly #tokens: readonly GoToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly GoToken[]) {
    this.#tokens = tokens;
  }

  /** The token that is read next, or one behind it; an empty one at the end. */
  peek(ahead = 0): GoToken {
    return this.#tokens[this.#at + ahead] ?? END;
  }

  /** Whether the next token is that operator or keyword. */
  is(text: string): boolean {
    const token = this.peek();
    return token.text === text && token.kind !== "string";
  }

  isName(ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return kind === "name" && !KEYWORDS.has(text);
  }

  next(): GoToken {
    const token = this.peek();
    if (token === END) this.fail();
    this.#at++;
    return token;
  }

  /** Takes the operator or keyword when it is next. */
  take(text: string): boolean {
    const isNext = this.is(text);
    if (isNext) this.#at++;
    return isNext;
  }

  expect(text: string): GoToken {
    return this.is(text) ? this.next() : this.fail();
  }

  name(): Name {
    if (!this.isName()) this.fail();
    const { text, offset, line } = this.next();
    return { kind: "name", name: text, start: offset, end: offset + text.length, line, endLine: line };
  }

  /** Ends a statement or declaration: a semicolon, or the bracket that closes the block. */
  endOfStatement(): void {
    if (!this.is(")") && !this.is("}")) this.expect(";");
  }

  /** Index of the token behind the bracket that closes the one `ahead`, counted from here. */
  behindBracket(ahead: number): number {
    let depth = 0;
    for (let at = ahead; ; at++) {
      const { text, kind } = this.peek(at);
      if (text === "") this.fail();
      if (kind !== "operator") continue;
      if (text === "(" || text === "[" || text === "{") depth++;
      else if ((text === ")" || text === "]" || text === "}") && --depth === 0) return at + 1;
    }
  }

  /** The names of `[K comparable, V any]`: type parameters, which are read over with what they may be. */
  typeParameters(): readonly string[] {
    const names: string[] = [];
    let depth = 0;
    for (const end = this.#at + this.behindBracket(0); this.#at < end;) {
      const { text, kind } = this.next();
      const isOperator = kind === "operator";
      if (isOperator && /^[([{]$/.test(text)) depth++;
      else if (isOperator && /^[)\]}]$/.test(text)) depth--;
      if (isOperator && depth === 1 && /^[[,]$/.test(text) && this.isName()) names.push(this.peek().text);
    }
    return names;
  }

  /** Skips what is in brackets, the brackets too. */
  skipBrackets(): void {
    this.#at += this.behindBracket(0);
  }

  /** The span from a token or node to the last token read. */
  spanFrom({ line, ...from }: GoToken | Span): Span {
    const last = this.#tokens[this.#at - 1] ?? END;
    const start = "offset" in from ? from.offset : from.start;
    // Raw strings alone have several lines.
    const endLine = last.line + (last.text.startsWith("`") ? last.text.split("\n").length - 1 : 0);
    return { start, end: last.offset + last.text.length, line, endLine };
  }

  /** Runs a part of the grammar that may contain itself. */
  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.fail();
    const result = read();
    this.#depth--;
    return result;
  }

  fail(): never {
    throw new UnreadableSource();
  }
}

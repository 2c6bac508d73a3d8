import type { GoToken } from "../tokens.ts";
import type { Block, CompositeLiteral, Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { TypeParser } from "./typeParser.ts";

const UNARY = new Set(["+", "-", "!", "^", "*", "&", "<-", "~"]);
const BINARY = new Set("|| && == != < <= > >= + - | ^ * / % << >> & &^".split(" "));

/** Calls and selectors in a row: longer chains are made up, and would overflow the stack of those who walk the tree. */
const MAX_CHAIN = 500;

/** Reads expressions. */
export class ExpressionParser {
  readonly types: TypeParser;
  readonly #cursor: Cursor;
  readonly #block: () => Block;
  /** Whether `T {` opens a composite literal: in the head of an `if`, `for` or `switch` it opens the block. */
  #allowsLiteral = true;

  /** `block`: reads the body of a function literal. */
  constructor(cursor: Cursor, block: () => Block) {
    this.#cursor = cursor;
    this.#block = block;
    this.types = new TypeParser(cursor, () => this.free(() => this.expression()));
  }

  expression(): Expression {
    return this.#cursor.nested(() => this.#chain());
  }

  list(): Expression[] {
    const list = [this.expression()];
    while (this.#cursor.take(",")) list.push(this.expression());
    return list;
  }

  /** Reads the head of a statement that has a block. */
  head<T>(read: () => T): T {
    return this.#withLiterals(false, read);
  }

  /** Reads what stands in brackets or in a block of its own. */
  free<T>(read: () => T): T {
    return this.#withLiterals(true, read);
  }

  #withLiterals<T>(allowed: boolean, read: () => T): T {
    const before = this.#allowsLiteral;
    this.#allowsLiteral = allowed;
    const result = read();
    this.#allowsLiteral = before;
    return result;
  }

  #chain(): Expression {
    const first = this.#unary();
    if (!this.#isBinary()) return first;
    const operands = [first];
    while (this.#isBinary()) {
      this.#cursor.next();
      operands.push(this.#unary());
    }
    return { kind: "binary", operands, ...this.#cursor.spanFrom(first) };
  }

  #isBinary(): boolean {
    const { text, kind } = this.#cursor.peek();
    return kind === "operator" && BINARY.has(text);
  }

  #unary(): Expression {
    const cursor = this.#cursor;
    const first = cursor.peek();
    if (first.kind !== "operator" || !UNARY.has(first.text)) return this.#primary();
    if (first.text === "<-" && cursor.peek(1).text === "chan") return this.#postfix(this.types.type());
    cursor.next();
    return { kind: "unary", op: first.text, of: cursor.nested(() => this.#unary()), ...cursor.spanFrom(first) };
  }

  #primary(): Expression {
    const cursor = this.#cursor;
    const first = cursor.peek();
    if (cursor.isName()) return this.#postfix(cursor.name());
    if (first.kind === "number" || first.kind === "string") {
      cursor.next();
      return this.#postfix({ kind: "literal", text: first.text, ...cursor.spanFrom(first) });
    }
    if (first.text === "func") return this.#postfix(this.#function(first));
    if (this.types.isTypeOnly()) return this.#postfix(this.types.type());
    cursor.expect("(");
    const inner = this.free(() => this.expression());
    cursor.expect(")");
    return this.#postfix(inner);
  }

  #function(first: GoToken): Expression {
    this.#cursor.next();
    const type = this.types.signature();
    if (!this.#cursor.is("{")) return type;
    const body = this.free(this.#block);
    return { kind: "function", type, body, ...this.#cursor.spanFrom(first) };
  }

  #postfix(first: Expression): Expression {
    let expression = first;
    for (let length = 0; ; length++) {
      if (length > MAX_CHAIN) this.#cursor.fail();
      const { text, kind } = this.#cursor.peek();
      if (kind !== "operator") return expression;
      if (text === ".") expression = this.#selector(expression);
      else if (text === "(") expression = this.#call(expression);
      else if (text === "[") expression = this.#index(expression);
      else if (text === "{" && this.#opensLiteral(expression)) expression = this.#composite(expression);
      else return expression;
    }
  }

  #opensLiteral({ kind }: Expression): boolean {
    if (kind === "array" || kind === "map" || kind === "struct") return true;
    return this.#allowsLiteral && (kind === "name" || kind === "selector" || kind === "index");
  }

  #selector(of: Expression): Expression {
    const cursor = this.#cursor;
    cursor.next();
    if (!cursor.take("(")) return { kind: "selector", of, name: cursor.name().name, ...cursor.spanFrom(of) };
    const type = cursor.take("type") ? undefined : this.types.type();
    cursor.expect(")");
    return { kind: "assertion", of, type, ...cursor.spanFrom(of) };
  }

  #call(callee: Expression): Expression {
    const cursor = this.#cursor;
    cursor.next();
    const args: Expression[] = [];
    let isSpread = false;
    this.free(() => {
      while (!cursor.take(")")) {
        args.push(this.expression());
        if (cursor.take("...")) isSpread = true;
        if (!cursor.is(")")) cursor.expect(",");
      }
    });
    return { kind: "call", callee, args, isSpread, ...cursor.spanFrom(callee) };
  }

  #index(of: Expression): Expression {
    const cursor = this.#cursor;
    cursor.next();
    const args: Expression[] = [];
    let isSlice = false;
    this.free(() => {
      while (!cursor.take("]")) {
        if (cursor.take(":")) isSlice = true;
        else if (!cursor.take(",")) args.push(this.expression());
      }
    });
    return { kind: isSlice ? "slice" : "index", of, args, ...cursor.spanFrom(of) };
  }

  #composite(type: Expression | undefined): CompositeLiteral {
    const cursor = this.#cursor;
    const first = type ?? cursor.peek();
    const elements: CompositeLiteral["elements"][number][] = [];
    cursor.expect("{");
    this.free(() => {
      while (!cursor.take("}")) {
        const value = this.#element();
        elements.push(cursor.take(":") ? { key: value, value: this.#element() } : { key: undefined, value });
        if (!cursor.is("}")) cursor.expect(",");
      }
    });
    return { kind: "composite", type, elements, ...cursor.spanFrom(first) };
  }

  #element(): Expression {
    return this.#cursor.is("{") ? this.#cursor.nested(() => this.#composite(undefined)) : this.expression();
  }
}

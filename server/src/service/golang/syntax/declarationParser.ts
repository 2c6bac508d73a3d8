import type { Block, Declaration, Expression, FunctionDeclaration, Statement, TypeDeclaration } from "./ast.ts";
import type { VariableDeclaration } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import type { ExpressionParser } from "./expressionParser.ts";

/** Reads declarations, those within functions too. */
export class DeclarationParser {
  readonly #cursor: Cursor;
  readonly #expressions: ExpressionParser;
  readonly #block: () => Block;

  constructor(cursor: Cursor, expressions: ExpressionParser, block: () => Block) {
    this.#cursor = cursor;
    this.#expressions = expressions;
    this.#block = block;
  }

  /** The declarations of a file, from its first import on. */
  file(): readonly Declaration[] {
    const declarations: Declaration[] = [];
    while (this.#cursor.peek().text !== "") {
      for (const declaration of this.#topLevel()) declarations.push(declaration);
      if (this.#cursor.peek().text !== "") this.#cursor.expect(";");
    }
    return declarations;
  }

  /** `var`, `const` or `type` in a function. */
  local(): Statement {
    const first = this.#cursor.peek();
    const of = this.#grouped(first.text);
    return of.length === 1 ? of[0]! : { kind: "declarations", of, ...this.#cursor.spanFrom(first) };
  }

  #topLevel(): readonly Declaration[] {
    const { text } = this.#cursor.peek();
    if (text === "func") return [this.#function()];
    if (text === "import") return this.#imports();
    return this.#grouped(text);
  }

  #grouped(word: string): readonly (VariableDeclaration | TypeDeclaration)[] {
    if (word === "type") return this.#inBrackets(() => this.#type());
    if (word !== "var" && word !== "const") return this.#cursor.fail();
    return this.#inBrackets(() => this.#variables(word));
  }

  /** One declaration, or several in brackets. */
  #inBrackets<T>(read: () => T): readonly T[] {
    const cursor = this.#cursor;
    cursor.next();
    if (!cursor.take("(")) return [read()];
    const all: T[] = [];
    while (!cursor.take(")")) {
      all.push(read());
      cursor.endOfStatement();
    }
    return all;
  }

  #imports(): readonly Declaration[] {
    const cursor = this.#cursor;
    return this.#inBrackets(() => {
      const first = cursor.peek();
      const name = first.kind === "string" ? undefined : cursor.next().text;
      const path = cursor.next().text.slice(1, -1);
      return { kind: "import", name, path, ...cursor.spanFrom(first) } as const;
    });
  }

  #variables(kind: "var" | "const"): VariableDeclaration {
    const cursor = this.#cursor;
    const first = cursor.peek();
    const names = [cursor.name()];
    while (cursor.take(",")) names.push(cursor.name());
    const isTyped = !cursor.is("=") && !cursor.is(";") && !cursor.is(")");
    const type = isTyped ? this.#expressions.types.type() : undefined;
    const values = cursor.take("=") ? this.#expressions.list() : [];
    return { kind, names, type, values, ...cursor.spanFrom(first) };
  }

  #type(): TypeDeclaration {
    const cursor = this.#cursor;
    const first = cursor.peek();
    const name = cursor.name();
    // `type T[P any] …` against `type T []P` and `type T [N]P`.
    const isGeneric = cursor.is("[") && cursor.isName(1) && cursor.peek(2).text !== "]";
    const typeParameters = isGeneric ? cursor.typeParameters() : [];
    cursor.take("=");
    const type: Expression = this.#expressions.types.type();
    return { kind: "type", name, typeParameters, type, ...cursor.spanFrom(first) };
  }

  #function(): FunctionDeclaration {
    const cursor = this.#cursor;
    const { types } = this.#expressions;
    const first = cursor.next();
    const receiver = cursor.is("(") ? types.receiver() : undefined;
    const name = cursor.name();
    const typeParameters = cursor.is("[") ? cursor.typeParameters() : [];
    const type = types.signature();
    const body = cursor.is("{") ? this.#block() : undefined;
    return { kind: "func", name, receiver, typeParameters, type, body, ...cursor.spanFrom(first) };
  }
}

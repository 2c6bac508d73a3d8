import type { Expression, Field, FunctionType, Name } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** Reads the length of an array or a type argument, which may be any expression. */
type ReadExpression = () => Expression;

/** Reads types: those that begin with a name, a bracket or a keyword of their own. */
export class TypeParser {
  readonly #cursor: Cursor;
  readonly #expression: ReadExpression;
  /** Whether the last parameter that was read is variadic. */
  #isVariadic = false;

  constructor(cursor: Cursor, expression: ReadExpression) {
    this.#cursor = cursor;
    this.#expression = expression;
  }

  type(): Expression {
    return this.#cursor.nested(() => this.#type());
  }

  /** Whether what is next can only be a type. */
  isTypeOnly(): boolean {
    return /^(?:\[|chan|map|struct|interface)$/.test(this.#cursor.peek().text) && this.#cursor.peek().kind !== "string";
  }

  /** The parameters and results behind `func` and the name. */
  signature(): FunctionType {
    const first = this.#cursor.peek();
    this.#isVariadic = false;
    const params = this.#parameters();
    const isVariadic = this.#isVariadic;
    const results = this.#results();
    return { kind: "functionType", params, results, isVariadic, ...this.#cursor.spanFrom(first) };
  }

  /** The receiver in its brackets. */
  receiver(): Field | undefined {
    return this.#parameters()[0];
  }

  #type(): Expression {
    const cursor = this.#cursor;
    const first = cursor.peek();
    if (cursor.isName()) return this.#named();
    switch (cursor.next().text) {
      case "*":
        return { kind: "unary", op: "*", of: this.type(), ...cursor.spanFrom(first) };
      case "(":
        return this.#inBrackets();
      case "[":
        return this.#array(first);
      case "<-":
        cursor.expect("chan");
        return { kind: "chan", of: this.type(), ...cursor.spanFrom(first) };
      case "chan":
        cursor.take("<-");
        return { kind: "chan", of: this.type(), ...cursor.spanFrom(first) };
      case "map":
        return this.#map(first);
      case "func":
        return this.signature();
      case "struct":
        return { kind: "struct", fields: this.#fields(), ...cursor.spanFrom(first) };
      case "interface":
        cursor.skipBrackets();
        return { kind: "interface", ...cursor.spanFrom(first) };
      default:
        return cursor.fail();
    }
  }

  #inBrackets(): Expression {
    const type = this.type();
    this.#cursor.expect(")");
    return type;
  }

  /** `T`, `p.T`, `T[A, B]` */
  #named(): Expression {
    const cursor = this.#cursor;
    let type: Expression = cursor.name();
    if (cursor.take(".")) type = { kind: "selector", of: type, name: cursor.name().name, ...cursor.spanFrom(type) };
    if (!cursor.is("[") || cursor.peek(1).text === "]") return type;
    cursor.next();
    const args = [this.type()];
    while (cursor.take(",") && !cursor.is("]")) args.push(this.type());
    cursor.expect("]");
    return { kind: "index", of: type, args, ...cursor.spanFrom(type) };
  }

  #array(first: ReturnType<Cursor["peek"]>): Expression {
    const cursor = this.#cursor;
    if (!cursor.is("]") && !cursor.take("...")) this.#expression();
    cursor.expect("]");
    return { kind: "array", of: this.type(), ...cursor.spanFrom(first) };
  }

  #map(first: ReturnType<Cursor["peek"]>): Expression {
    this.#cursor.expect("[");
    const key = this.type();
    this.#cursor.expect("]");
    return { kind: "map", key, of: this.type(), ...this.#cursor.spanFrom(first) };
  }

  #fields(): readonly Field[] {
    const cursor = this.#cursor;
    const fields: Field[] = [];
    cursor.expect("{");
    while (!cursor.take("}")) {
      for (const field of this.#field()) fields.push(field);
      if (cursor.peek().kind === "string") cursor.next();
      cursor.endOfStatement();
    }
    return fields;
  }

  /** `a, b T`, or an embedded `T`, `*T`, `p.T`. */
  #field(): readonly Field[] {
    const cursor = this.#cursor;
    const second = cursor.peek(1);
    const isEmbedded =
      !cursor.isName() || /^[.;}]$/.test(second.text) || second.kind === "string" || this.#isInstance("}");
    if (isEmbedded) return [{ name: undefined, type: this.type() }];
    const names = [cursor.name()];
    while (cursor.take(",")) names.push(cursor.name());
    const type = this.type();
    return names.map((name) => ({ name, type }));
  }

  /** Whether a name and brackets are a generic type, `T[A]`, not a name and an array's type: nothing follows. */
  #isInstance(closing: string): boolean {
    const cursor = this.#cursor;
    if (cursor.peek(1).text !== "[" || cursor.peek(2).text === "]") return false;
    const { text, kind } = cursor.peek(cursor.behindBracket(1));
    return text === "," || text === ";" || text === closing || kind === "string";
  }

  #results(): readonly Field[] {
    const cursor = this.#cursor;
    if (cursor.is("(")) return this.#parameters();
    const { text, kind } = cursor.peek();
    const isType = cursor.isName() || this.isTypeOnly() || (kind !== "string" && /^(?:\*|func|<-)$/.test(text));
    return isType ? [{ name: undefined, type: this.type() }] : [];
  }

  /** Names may stand for several parameters (`a, b int`) or be types themselves (`int, string`). */
  #parameters(): readonly Field[] {
    const cursor = this.#cursor;
    const read: { readonly name: Name | undefined; readonly type: Expression | undefined }[] = [];
    cursor.expect("(");
    while (!cursor.take(")")) {
      read.push(this.#parameter());
      if (!cursor.is(")")) cursor.expect(",");
    }
    const isNamed = read.some(({ name, type }) => name !== undefined && type !== undefined);
    const fields: Field[] = [];
    let following: Expression | undefined;
    for (const { name, type } of read.reverse()) {
      following = type ?? following;
      if (isNamed) fields.push({ name, type: type ?? following ?? name! });
      else fields.push({ name: undefined, type: type ?? name! });
    }
    return fields.reverse();
  }

  #parameter(): { readonly name: Name | undefined; readonly type: Expression | undefined } {
    const cursor = this.#cursor;
    if (!cursor.isName()) return { name: undefined, type: this.#variadic() };
    const second = cursor.peek(1).text;
    if (second === "," || second === ")") return { name: cursor.name(), type: undefined };
    if (second === "." || this.#isInstance(")")) return { name: undefined, type: this.type() };
    return { name: cursor.name(), type: this.#variadic() };
  }

  #variadic(): Expression {
    const first = this.#cursor.peek();
    const isVariadic = this.#cursor.take("...");
    const of = this.type();
    // The type may be a function's, with parameters of its own.
    this.#isVariadic = isVariadic;
    return isVariadic ? { kind: "array", of, ...this.#cursor.spanFrom(first) } : of;
  }
}

import type { GoToken } from "../tokens.ts";
import type { Assignment, Block, Clause, Statement } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { DeclarationParser } from "./declarationParser.ts";
import { ExpressionParser } from "./expressionParser.ts";

const ASSIGNS = /^(?::=|=|(?:[-+*/%&|^]|<<|>>|&\^)=)$/;

const BRANCH = /^(?:break|continue|goto|fallthrough)$/;

/** The head of an `if`, `for` or `switch`: up to three statements between semicolons. */
type Head = readonly (Statement | undefined)[];

/** Reads statements. */
export class StatementParser {
  readonly declarations: DeclarationParser;
  readonly #cursor: Cursor;
  readonly #expressions: ExpressionParser;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#expressions = new ExpressionParser(cursor, () => this.block());
    this.declarations = new DeclarationParser(cursor, this.#expressions, () => this.block());
  }

  block(): Block {
    const first = this.#cursor.expect("{");
    const body = this.#expressions.free(() => this.#statements(() => this.#cursor.is("}")));
    this.#cursor.expect("}");
    return { kind: "block", body, ...this.#cursor.spanFrom(first) };
  }

  #statements(isEnd: () => boolean): Statement[] {
    const statements: Statement[] = [];
    while (!isEnd()) {
      statements.push(this.#cursor.nested(() => this.#statement()));
      if (!isEnd()) this.#cursor.endOfStatement();
    }
    return statements;
  }

  #statement(): Statement {
    const cursor = this.#cursor;
    const first = cursor.peek();
    if (first.kind === "string") return this.#simple();
    switch (first.text) {
      case ";":
      case "}":
        return { kind: "empty", start: first.offset, end: first.offset, line: first.line, endLine: first.line };
      case "{":
        return this.block();
      case "var":
      case "const":
      case "type":
        return this.declarations.local();
      case "go":
      case "defer":
        cursor.next();
        return { kind: first.text, call: this.#expressions.expression(), ...cursor.spanFrom(first) };
      case "return":
        return this.#return(first);
      default:
        return this.#compound(first);
    }
  }

  #compound(first: GoToken): Statement {
    switch (first.text) {
      case "if":
        return this.#if();
      case "for":
        return this.#for(first);
      case "switch":
        return this.#switch(first);
      case "select":
        return this.#select(first);
      default:
        return this.#labeled();
    }
  }

  #labeled(): Statement {
    const cursor = this.#cursor;
    if (BRANCH.test(cursor.peek().text)) return this.#branch();
    if (!cursor.isName() || cursor.peek(1).text !== ":") return this.#simple();
    const name = cursor.name();
    cursor.expect(":");
    return { kind: "label", of: cursor.nested(() => this.#statement()), ...cursor.spanFrom(name) };
  }

  #branch(): Statement {
    const cursor = this.#cursor;
    const first = cursor.next();
    if (cursor.isName()) cursor.name();
    return { kind: "branch", word: first.text, ...cursor.spanFrom(first) };
  }

  #return(first: GoToken): Statement {
    const cursor = this.#cursor;
    cursor.next();
    const values = cursor.is(";") || cursor.is("}") ? [] : this.#expressions.list();
    return { kind: "return", values, ...cursor.spanFrom(first) };
  }

  #simple(): Statement {
    const cursor = this.#cursor;
    const first = cursor.peek();
    const left = this.#expressions.list();
    const { text, kind } = cursor.peek();
    const [of] = left;
    if (of === undefined) return cursor.fail();
    if (kind === "operator" && ASSIGNS.test(text)) {
      cursor.next();
      const isRange = cursor.take("range");
      const right = this.#expressions.list();
      const assign: Assignment = { kind: "assign", op: text, left, right, ...cursor.spanFrom(first) };
      return isRange ? rangeOver(assign) : assign;
    }
    if (cursor.take("<-")) {
      return { kind: "send", channel: of, value: this.#expressions.expression(), ...cursor.spanFrom(first) };
    }
    if (cursor.take("++") || cursor.take("--")) return { kind: "change", of, ...cursor.spanFrom(first) };
    return { kind: "expression", of, ...cursor.spanFrom(first) };
  }

  /** Reads up to the block: `init; condition; post`, each of which may be missing. */
  #head(): Head {
    return this.#expressions.head(() => {
      const parts: (Statement | undefined)[] = [undefined];
      while (!this.#cursor.is("{")) {
        if (this.#cursor.take(";")) parts.push(undefined);
        else parts[parts.length - 1] = this.#cursor.is("range") ? this.#bareRange() : this.#simple();
      }
      return parts;
    });
  }

  /** `for range x` */
  #bareRange(): Statement {
    const first = this.#cursor.next();
    const right = [this.#expressions.expression()];
    return rangeOver({ kind: "assign", op: "=", left: [], right, ...this.#cursor.spanFrom(first) });
  }

  #if(): Statement {
    const cursor = this.#cursor;
    const first = cursor.next();
    const head = this.#head();
    const body = this.block();
    const otherwise = cursor.take("else") ? cursor.nested(() => this.#else()) : undefined;
    return { kind: "if", ...initAndLast(head), body, otherwise, ...cursor.spanFrom(first) };
  }

  #else(): Statement {
    return this.#cursor.is("if") ? this.#if() : this.block();
  }

  #for(first: GoToken): Statement {
    const cursor = this.#cursor;
    cursor.next();
    const head = this.#head();
    const body = this.block();
    const [only] = head;
    if (only?.kind === "range") return { ...only, body, ...cursor.spanFrom(first) };
    const [init, condition, post] = head.length === 1 ? [undefined, only, undefined] : head;
    return { kind: "for", init, condition, post, body, ...cursor.spanFrom(first) };
  }

  #switch(first: GoToken): Statement {
    const cursor = this.#cursor;
    cursor.next();
    const { init, condition: tag } = initAndLast(this.#head());
    const clauses = this.#clauses(() => {
      const values = cursor.take("default") ? [] : (cursor.expect("case"), this.#expressions.list());
      return { values, comm: undefined };
    });
    return { kind: "switch", init, tag, clauses, ...cursor.spanFrom(first) };
  }

  #select(first: GoToken): Statement {
    const cursor = this.#cursor;
    cursor.next();
    const clauses = this.#clauses(() => {
      const comm = cursor.take("default") ? undefined : (cursor.expect("case"), this.#simple());
      return { values: [], comm };
    });
    return { kind: "select", clauses, ...cursor.spanFrom(first) };
  }

  #clauses(readHead: () => Pick<Clause, "values" | "comm">): readonly Clause[] {
    const cursor = this.#cursor;
    const clauses: Clause[] = [];
    cursor.expect("{");
    while (!cursor.take("}")) {
      const first = cursor.peek();
      const head = this.#expressions.free(readHead);
      cursor.expect(":");
      const isEnd = () => cursor.is("case") || cursor.is("default") || cursor.is("}");
      const body = this.#expressions.free(() => this.#statements(isEnd));
      clauses.push({ ...head, body, ...cursor.spanFrom(first) });
    }
    return clauses;
  }
}

function initAndLast(head: Head) {
  return head.length > 1 ? { init: head[0], condition: head[1] } : { init: undefined, condition: head[0] };
}

/** The body follows. */
function rangeOver(assign: Assignment): Extract<Statement, { kind: "range" }> {
  const { start, end, line, endLine } = assign;
  return {
    kind: "range",
    assign,
    body: { kind: "block", body: [], start, end, line, endLine },
    start,
    end,
    line,
    endLine,
  };
}

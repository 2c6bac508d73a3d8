import type { Func } from "../../program/model.ts";
import type { Clause, Span, Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";
import type { Flow } from "../values/flow.ts";
import { neverReturns } from "./lastCalls.ts";

/**
 * The part of a function that may still run once it stands at a line: what follows, all of the loops around it, what it
 * has deferred. The statement at the line belongs to it.
 */
export class Region {
  readonly #spans: Pick<Span, "start" | "end">[] = [];
  /** The statement at the line, unless a loop comes back to it. */
  #current: Statement | undefined;
  readonly #line: number;
  readonly #scope: Span;
  readonly #end: number;
  readonly #neverPasses: (statement: Statement) => boolean;

  /** `scope`: only while control has not left it, where a variable is declared anew each time. */
  constructor(flow: Flow, fn: Func, line: number, scope: Span = fn.body) {
    this.#neverPasses = (statement) => neverPasses(flow, fn, statement);
    this.#line = line;
    this.#scope = scope;
    this.#end = fn.body.end;
    if (line < fn.body.line || line > fn.body.endLine) return;
    if (contains(fn.body, isGoto)) this.#spans.push(fn.body);
    else this.#follow(fn.body.body);
    this.#addDeferred(fn.body.body);
  }

  /**
   * Whether what begins there may still run; each function comes to its end. `running`: the call that the function is
   * in, whose arguments have been worked out.
   */
  has({ start }: Span, running?: Span): boolean {
    if (start === this.#end) return true;
    if (start < this.#scope.start || this.#scope.end < start) return false;
    if (this.#spans.some((span) => isIn(span, start))) return true;
    const isRunning = running !== undefined && isIn(running, start);
    return this.#current !== undefined && isIn(this.#current, start) && !isRunning;
  }

  /** Adds what may run of these statements; whether control may come out behind them. */
  #follow(statements: readonly Statement[]): boolean {
    const at = statements.findIndex(({ endLine }) => this.#line <= endLine);
    if (at < 0) return true;
    const first = statements[at]!;
    // In front of a statement, at the line of a bracket: it is next.
    const isBefore = this.#line < first.line;
    if (!isBefore && !this.#enter(first)) return false;
    return this.#addAll(statements.slice(isBefore ? at : at + 1));
  }

  #addAll(statements: readonly Statement[]): boolean {
    for (const statement of statements) {
      this.#spans.push(statement);
      if (this.#neverPasses(statement)) return false;
    }
    return true;
  }

  /** Adds what may run of the statement that has the line. */
  #enter(statement: Statement): boolean {
    switch (statement.kind) {
      case "block":
        return this.#follow(statement.body);
      case "label":
        return this.#enter(statement.of);
      case "if":
        return this.#enterIf(statement);
      case "for":
      case "range":
        return this.#enterLoop(statement);
      case "switch":
      case "select":
        return this.#enterClauses(statement, statement.clauses);
      default:
        this.#current = statement;
        return !this.#neverPasses(statement);
    }
  }

  #enterIf(statement: Extract<Statement, { kind: "if" }>): boolean {
    const { body, otherwise } = statement;
    if (this.#line <= body.line) return this.#addAll([statement]);
    if (otherwise !== undefined && this.#line >= otherwise.line) return this.#enter(otherwise);
    return this.#follow(body.body);
  }

  #enterLoop(statement: Extract<Statement, { kind: "for" | "range" }>): boolean {
    const { start, end } = statement.body;
    const isOutsideOfScope = start < this.#scope.start && this.#scope.end < end;
    if (isOutsideOfScope) return this.#follow(statement.body.body);
    if (statement.kind !== "range" || this.#line <= statement.body.line) return this.#addAll([statement]);
    // What is ranged over was worked out before the first round; where the statement begins the next element is taken.
    this.#spans.push({ start: statement.start, end: statement.start }, statement.body);
    return true;
  }

  #enterClauses(statement: Statement, clauses: readonly Clause[]): boolean {
    const clause = [...clauses].reverse().find(({ line }) => line <= this.#line);
    const isWhole = clause === undefined || this.#line === clause.line || contains(statement, isFallthrough);
    if (isWhole) return this.#addAll([statement]);
    return this.#follow(clause.body) || contains(statement, isBreak);
  }

  #addDeferred(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.line > this.#line) return;
      if (statement.kind === "defer") this.#spans.push(statement);
      this.#addDeferred(statementsOf(statement));
    }
  }
}

function isIn({ start, end }: Pick<Span, "start" | "end">, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Whether control never comes out behind a statement of a function. */
export function neverPasses(flow: Flow, fn: Func, statement: Statement): boolean {
  switch (statement.kind) {
    case "return":
    case "branch":
      return true;
    case "expression":
      return statement.of.kind === "call" && neverReturns(flow, statement.of, fn.file);
    case "select":
      return statement.clauses.length === 0;
    case "for":
      return statement.condition === undefined && !contains(statement.body, isBreak);
    case "label":
      return neverPasses(flow, fn, statement.of);
    default:
      return false;
  }
}

/** Whether a statement, or one within it, is such a one. */
export function contains(statement: Statement, test: (statement: Statement) => boolean): boolean {
  return test(statement) || statementsOf(statement).some((inner) => contains(inner, test));
}

export const isGoto = (statement: Statement) => statement.kind === "branch" && statement.word === "goto";
export const isBreak = (statement: Statement) => statement.kind === "branch" && statement.word === "break";
export const isFallthrough = (statement: Statement) => statement.kind === "branch" && statement.word === "fallthrough";

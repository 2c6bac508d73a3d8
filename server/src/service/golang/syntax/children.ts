import type { Block, Clause, Expression, Statement } from "./ast.ts";

/** The expressions directly within an expression; not those of a function literal's body. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "composite":
      return expression.elements.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value]));
    case "call":
      return [expression.callee, ...expression.args];
    case "index":
    case "slice":
      return [expression.of, ...expression.args];
    case "selector":
    case "assertion":
    case "unary":
      return [expression.of];
    case "binary":
      return expression.operands;
    default:
      return [];
  }
}

/** The expressions directly within a statement. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "expression":
    case "change":
      return [statement.of];
    case "send":
      return [statement.channel, statement.value];
    case "assign":
      return [...statement.left, ...statement.right];
    case "go":
    case "defer":
      return [statement.call];
    case "return":
    case "var":
    case "const":
      return statement.values;
    case "switch":
      return statement.clauses.flatMap(({ values }) => values);
    default:
      return [];
  }
}

/** The statements directly within a statement, in the order of the source. */
export function statementsOf(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case "block":
      return statement.body;
    case "if":
      return present(statement.init, statement.condition, statement.body, statement.otherwise);
    case "switch":
      return [...present(statement.init, statement.tag), ...statement.clauses.flatMap(inClause)];
    case "select":
      return statement.clauses.flatMap(inClause);
    case "for":
      return present(statement.init, statement.condition, statement.post, statement.body);
    case "range":
      return [statement.assign, statement.body];
    case "label":
      return [statement.of];
    case "declarations":
      return statement.of;
    default:
      return [];
  }
}

function inClause({ comm, body }: Clause): readonly Statement[] {
  return comm === undefined ? body : [comm, ...body];
}

function present(...statements: readonly (Statement | Block | undefined)[]): readonly Statement[] {
  return statements.filter((statement) => statement !== undefined);
}

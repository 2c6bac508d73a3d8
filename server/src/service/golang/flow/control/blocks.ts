import type { Func } from "../../program/model.ts";
import type { Span, Statement } from "../../syntax/ast.ts";
import type { Flow } from "../values/flow.ts";

/** Whether an offset is within a statement. */
export function has({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}

/** The function that defers a literal: what is unlocked in the literal is unlocked for it. */
export function deferrer(flow: Flow, fn: Func): Func {
  const [site, ...others] = flow.callersOf.get(fn) ?? [];
  const isDeferred = site?.kind === "defer" && others.length === 0 && site.call.callee.kind === "function";
  return isDeferred ? (site.fn ?? fn) : fn;
}

/** The innermost list of statements that has the offset; heads of `if`, `for` and `select` belong to the list around. */
export function blockOf(list: readonly Statement[], offset: number): readonly Statement[] {
  const statement = list.find((one) => has(one, offset));
  const inner = statement && listsIn(statement).find((one) => one.some((each) => has(each, offset)));
  return inner === undefined ? list : blockOf(inner, offset);
}

/** The lists of statements directly within a statement. */
export function listsIn(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "block":
      return [statement.body];
    case "label":
      return listsIn(statement.of);
    case "if":
      return [statement.body.body, ...(statement.otherwise === undefined ? [] : [[statement.otherwise]])];
    case "for":
    case "range":
      return [statement.body.body];
    case "switch":
    case "select":
      return statement.clauses.map(({ body }) => body);
    default:
      return [];
  }
}

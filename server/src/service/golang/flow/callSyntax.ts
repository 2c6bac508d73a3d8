import type { Func, Program, ProgramFile } from "../program/model.ts";
import type { Call, Expression } from "../syntax/ast.ts";
import type { Flow } from "./flow.ts";

/** Whether what is called can only be a type: a conversion. */
export function isTypeSyntax(callee: Expression): boolean {
  if (callee.kind === "unary") return callee.op === "*";
  return /^(?:array|map|chan|functionType|struct|interface)$/.test(callee.kind);
}

/** Whether an expression names a type of the program: `T`, `*T`, `T[P]`. */
export function isTypeName({ bindings }: Program, expression: Expression): boolean {
  const inner = expression.kind === "unary" || expression.kind === "index" ? expression.of : expression;
  return inner.kind === "name" && bindings.get(inner)?.kind === "named";
}

/** The functions, methods and literals that are arguments of a call themselves. */
export function functionArguments({ program, types }: Flow, { args }: Call, file: ProgramFile): readonly Func[] {
  return args.flatMap((argument) => {
    if (argument.kind === "function") return program.literals.get(argument) ?? [];
    const bound = argument.kind === "name" ? program.bindings.get(argument) : undefined;
    if (bound?.kind === "function") return bound;
    if (argument.kind !== "selector") return [];
    return types.method(types.of(argument.of, file), argument.name)?.fn ?? [];
  });
}

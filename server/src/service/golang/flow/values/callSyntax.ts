import type { Binding, Func, Program, Variable } from "../../program/model.ts";
import type { Call, Expression } from "../../syntax/ast.ts";
import type { CallSite, Flow } from "./flow.ts";

/** The object of a method, and the embedded fields to go through. */
interface Bound {
  readonly value: Expression;
  readonly through: readonly string[];
}

/** Whether what is called is a type of the program, or can only be a type. */
export function isConversion({ bindings }: Program, callee: Expression): boolean {
  if (callee.kind === "unary") return callee.op === "*";
  if (callee.kind === "name") return isType(bindings.get(callee));
  return /^(?:array|map|chan|functionType|struct|interface)$/.test(callee.kind);
}

/** Whether an expression names a type of the program, or a type parameter: `T`, `*T`, `T[P]`. */
export function isTypeName({ bindings }: Program, expression: Expression): boolean {
  const inner = expression.kind === "unary" || expression.kind === "index" ? expression.of : expression;
  return inner.kind === "name" && isType(bindings.get(inner));
}

function isType(binding: Binding | undefined): boolean {
  return binding?.kind === "named" || binding?.kind === "typeParameter";
}

/** Whether a call of `Add` can only add: `Add(1)` and `Add(len(x))` wake nobody, a negative number may. */
export function addsOnly({ args }: Call): boolean {
  const [first] = args;
  return first?.kind === "literal" || (first?.kind === "call" && first.callee.kind === "name");
}

/** What a call calls a method on; undefined when that cannot be told. */
export function receiverAt(flow: Flow, site: CallSite, fn: Func): Bound | undefined {
  if (site.isCallback) return boundTo(flow, site, fn);
  return site.receiver && { value: site.receiver, through: site.through };
}

/**
 * What a method is bound to among the arguments of a call that calls them back: `r` of `group.Go(r.run)`. Undefined when it
 * may come in another way.
 */
function boundTo({ nodes, types, values }: Flow, { call, file }: CallSite, fn: Func): Bound | undefined {
  const given = call.args.filter((argument) => {
    const node = nodes.get(argument);
    return node !== undefined && [...values.held(node)].some(({ target }) => target === fn);
  });
  const [only] = given;
  if (given.length > 1 || only?.kind !== "selector") return undefined;
  const method = types.method(types.of(only.of, file), only.name);
  return method?.fn === fn ? { value: only.of, through: method.through } : undefined;
}

/** The call that a range over a function makes. */
export function callOf(over: Expression): Call {
  const { start, end, line, endLine } = over;
  return { kind: "call", callee: over, args: [], isSpread: false, start, end, line, endLine };
}

/**
 * What a call gives as a parameter: the value, or, of the last one of a function that takes any number, its elements. Undefined
 * when that cannot be told: `f(g())`.
 */
export function passedAs(
  { call, args }: CallSite,
  fn: Func,
  variable: Variable,
): { readonly values: readonly Expression[]; readonly isElements: boolean } | undefined {
  const index = fn.params.indexOf(variable);
  const { length } = fn.type.params;
  if (fn.isVariadic && index === length - 1 && !call.isSpread) return { values: args.slice(index), isElements: true };
  const value = args[index];
  return value === undefined || args.length !== length ? undefined : { values: [value], isElements: false };
}

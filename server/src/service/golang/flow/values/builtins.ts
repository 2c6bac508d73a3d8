import type { Call, Expression } from "../../syntax/ast.ts";
import type { Expressions } from "./expressions.ts";
import type { Flow } from "./flow.ts";
import type { Where } from "./where.ts";

const BUILTINS = new Set(
  "append cap clear close complex copy delete imag len make max min new panic print println real recover".split(" "),
);

/** Whether Go has a function of that name itself. */
export function isBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}

/** Reads a call of a builtin function: the node of what it gives; undefined for numbers and nothing. */
export function readBuiltin(
  name: string,
  { args, isSpread, ...call }: Call,
  where: Where,
  flow: Flow,
  expressions: Expressions,
): number | undefined {
  const [first, ...rest] = args;
  if (first === undefined) return undefined;
  if (name === "make" || name === "new") {
    for (const argument of rest) expressions.node(argument, where);
    return made(name, first, { args, isSpread, ...call }, where, flow);
  }
  const node = expressions.node(first, where);
  if (name === "append" || name === "copy") {
    const list = node ?? flow.values.node();
    addElements(list, rest, name === "copy" || isSpread, where, flow, expressions);
    return list;
  }
  for (const argument of rest) expressions.node(argument, where);
  if (name === "close" && node !== undefined) {
    const at = { ...call, args, isSpread };
    flow.operations.push({ kind: "close", ...where, at, operand: first, through: [], node });
  }
  return name === "min" || name === "max" ? node : undefined;
}

function made(name: string, type: Expression, call: Call, { fn, file }: Where, flow: Flow): number {
  const { values, types } = flow;
  const node = flow.ofType(type, file, fn, call);
  if (name === "new") flow.ofTypeParameter(node, type, fn, call);
  const under = types.underlying(types.named(type, file));
  const isChannel = name === "make" && under?.kind === "container" && under.isChannel;
  if (isChannel) values.hold(node, values.site({ kind: "channel", fn, at: call }));
  return node;
}

/** `isSpread`: the elements of what is given are added. */
function addElements(
  list: number,
  others: readonly Expression[],
  isSpread: boolean,
  where: Where,
  flow: Flow,
  expressions: Expressions,
): void {
  const element = flow.values.elementOf(list);
  for (const other of others) {
    const value: Expression = isSpread ? { ...other, kind: "index", of: other, args: [] } : other;
    flow.values.flow(expressions.node(value, where), element);
    flow.store(element, { fn: where.fn, value });
  }
}

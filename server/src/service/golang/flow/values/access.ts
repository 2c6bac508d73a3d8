import type { ProgramFile, Variable } from "../../program/model.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { Flow, Operation } from "./flow.ts";
import { hasOperations, operationOf, typeWith } from "./library.ts";
import type { Composite } from "./objects.ts";
import type { Wanted } from "../ends/threat.ts";

/** A step of a path: an element of an array, map or channel. */
export const ELEMENT = "[]";

/** How an expression gets at a value: from a variable, through fields and elements. */
export interface Access {
  /** Undefined: it begins with a call or something else. */
  readonly root: Variable | undefined;
  readonly path: readonly string[];
}

/** `s.conn.done` is `done` of `conn` of `s`; the context of `ctx.Done()` is `ctx`. */
export function accessOf(flow: Flow, file: ProgramFile, expression: Expression, path: readonly string[] = []): Access {
  switch (expression.kind) {
    case "name": {
      const bound = flow.program.bindings.get(expression);
      return { root: bound?.kind === "variable" ? bound : undefined, path };
    }
    case "selector":
      return accessOf(flow, file, expression.of, [...fieldNames(flow, file, expression.of, expression.name), ...path]);
    case "index":
      return accessOf(flow, file, expression.of, [ELEMENT, ...path]);
    case "unary":
      return accessOf(flow, file, expression.of, expression.op === "<-" ? [ELEMENT, ...path] : path);
    case "slice":
    case "assertion":
      return accessOf(flow, file, expression.of, path);
    case "call":
      return isDone(expression) ? accessOf(flow, file, expression.callee.of, path) : { root: undefined, path };
    default:
      return { root: undefined, path };
  }
}

/** Whether it names a package: `p` of `p.F`. */
export function isPackage({ program }: Flow, expression: Expression): boolean {
  return expression.kind === "name" && program.bindings.get(expression)?.kind === "import";
}

/** How an operation gets at what it is done to. */
export function accessOfOperation(flow: Flow, { file, operand, through }: Operation): Access {
  return operand === undefined ? { root: undefined, path: [] } : accessOf(flow, file, operand, through);
}

/**
 * The names to go through to a field, those of embedded structs too; to what a method such as `mu.Unlock` is bound to, when
 * it is a value.
 */
export function fieldNames({ types }: Flow, file: ProgramFile, of: Expression, name: string): readonly string[] {
  const type = types.of(of, file);
  const field = types.field(type, name);
  if (field !== undefined || operationOf(name) === undefined) return field?.names ?? [name];
  if (type?.kind === "external") return hasOperations(type.name) ? [] : [name];
  return [typeWith(types.embeddedExternals(type), name)?.name ?? name];
}

/** Whether a path from a value may lead to what is wanted; of fields it is not asked. */
export function mayLeadTo(
  { nodes, values }: Flow,
  value: Expression,
  path: readonly string[],
  wanted: Wanted,
): boolean {
  const node = nodes.get(value);
  const [head, ...rest] = path;
  if (node === undefined || rest.length > 0 || (head !== undefined && head !== ELEMENT)) return true;
  for (const site of values.held(head === ELEMENT ? values.elementOf(node) : node)) if (wanted.is(site)) return true;
  return false;
}

/** What a literal gives to a field, or to its elements: keys of a map are among them. */
export function givenBy({ types }: Flow, file: ProgramFile, literal: Composite, step: string): readonly Expression[] {
  const { elements, type } = literal;
  if (step === ELEMENT) return elements.flatMap(({ key, value }) => (key === undefined ? value : [value, key]));
  const struct = type && types.underlying(types.named(type, file));
  const position = struct?.kind === "struct" ? struct.fields.findIndex(({ name }) => name?.name === step) : -1;
  const isIt = ({ key }: (typeof elements)[number], at: number) =>
    key === undefined ? position < 0 || at === position : key.kind === "name" && key.name === step;
  return elements.filter(isIt).map(({ value }) => value);
}

/** `ctx.Done()` */
export function isDone(
  expression: Expression,
): expression is Extract<Expression, { kind: "call" }> & { callee: Extract<Expression, { kind: "selector" }> } {
  if (expression.kind !== "call" || expression.args.length > 0) return false;
  return expression.callee.kind === "selector" && expression.callee.name === "Done";
}

import type { Func } from "../../program/model.ts";
import type { Type } from "../../program/types.ts";
import type { Call, Expression } from "../../syntax/ast.ts";
import { operandsOf } from "../../syntax/children.ts";
import { isTypeName } from "./callSyntax.ts";
import { Composites } from "./composites.ts";
import type { Flow } from "./flow.ts";
import type { LateMethods } from "./lateMethods.ts";
import { hasOperations, operationOf, typeWith } from "./library.ts";
import { packageOf } from "./standard.ts";
import type { Where } from "./where.ts";

/** Results of calls, by number. */
export type CallResults = (call: Call, where: Where, index: number) => number | undefined;

type Kind<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/** Gives expressions their nodes, and lets values flow as the expressions say. */
export class Expressions {
  readonly #flow: Flow;
  readonly #late: LateMethods;
  readonly #results: CallResults;
  readonly #composites: Composites;

  constructor(flow: Flow, late: LateMethods, results: CallResults) {
    this.#flow = flow;
    this.#late = late;
    this.#results = results;
    this.#composites = new Composites(flow, (expression, where) => this.node(expression, where));
  }

  /** The node of a value; undefined for numbers, texts and the like. */
  node(expression: Expression, where: Where): number | undefined {
    const { nodes } = this.#flow;
    if (nodes.has(expression)) return nodes.get(expression);
    // Against circles, which source that compiles does not have.
    nodes.set(expression, undefined);
    const found = this.#node(expression, where);
    const node = found === undefined || this.#isPlain(expression, where) ? undefined : found;
    nodes.set(expression, node);
    return node;
  }

  /** Whether it is a number or a text by its type: whatever they are made of, nothing is kept in them. */
  #isPlain(expression: Expression, { file }: Where): boolean {
    const hasType = expression.kind === "name" || expression.kind === "selector" || expression.kind === "index";
    return hasType && this.#flow.types.of(expression, file)?.kind === "basic";
  }

  /** Of an expression with several results: a call's; the second of the others is a bool. */
  resultNode(expression: Expression, where: Where, index: number): number | undefined {
    if (expression.kind === "call") return this.#results(expression, where, index);
    return index === 0 ? this.node(expression, where) : undefined;
  }

  #node(expression: Expression, where: Where): number | undefined {
    switch (expression.kind) {
      case "name":
        return this.#name(expression);
      case "function":
        return this.#function(this.#flow.program.literals.get(expression));
      case "composite":
        return this.#composites.read(expression, where);
      case "call":
        return this.#results(expression, where, 0);
      case "selector":
        return this.#selector(expression, where);
      case "index":
      case "slice":
        return this.#indexed(expression, where);
      case "assertion":
        return this.node(expression.of, where);
      case "unary":
        return this.#unary(expression, where);
      default:
        for (const operand of operandsOf(expression)) this.node(operand, where);
        return undefined;
    }
  }

  #name(name: Kind<"name">): number | undefined {
    const bound = this.#flow.program.bindings.get(name);
    if (bound?.kind === "variable") return this.#flow.variable(bound);
    return bound?.kind === "function" ? this.#function(bound) : undefined;
  }

  #function(fn: Func | undefined): number | undefined {
    if (fn === undefined) return undefined;
    const { values } = this.#flow;
    const node = values.node();
    values.hold(node, values.site({ kind: "function", fn: fn.parent, at: fn.body, target: fn }));
    return node;
  }

  #unary({ op, of }: Kind<"unary">, where: Where): number | undefined {
    const { objects, types } = this.#flow;
    if (op === "&" && of.kind === "composite") objects.address(of);
    const pointed = op === "*" ? types.of(of, where.file) : undefined;
    if (pointed?.kind === "named") objects.copy(pointed);
    const node = this.node(of, where);
    if (op === "&") this.#addressed(of, where);
    if (op === "*" || op === "&") return node;
    return op === "<-" && node !== undefined ? this.#flow.values.elementOf(node) : undefined;
  }

  #addressed(of: Expression, { fn }: Where): void {
    const variable = of.kind === "name" ? this.#flow.program.bindings.get(of) : undefined;
    if (variable?.kind !== "variable") return;
    this.#flow.pointers.address(variable);
    if (variable.type !== undefined)
      this.#flow.ofTypeParameter(this.#flow.variable(variable), variable.type, fn, variable.declared);
  }

  #indexed({ kind, of, args }: Kind<"index" | "slice">, where: Where): number | undefined {
    for (const argument of args) this.node(argument, where);
    const node = this.node(of, where);
    if (node === undefined || kind === "slice") return node;
    // `F[T]` and `p.F[T]` are the function itself.
    const isFunction = this.#flow.types.of(of, where.file)?.kind === "function";
    return isFunction ? node : this.#flow.values.elementOf(node);
  }

  #selector(selector: Kind<"selector">, where: Where): number | undefined {
    const { of, name } = selector;
    const { program, types, values } = this.#flow;
    if (of.kind === "name" && program.bindings.get(of)?.kind === "import") {
      return this.#ofPackage(where.file.imports.get(of.name) ?? "", name);
    }
    if (isTypeName(program, of)) return this.#methodExpression(of, name, where);
    const node = this.node(of, where);
    const type = types.of(of, where.file);
    const field = types.field(type, name);
    if (field !== undefined) return this.#flow.field(field);
    const method = types.method(type, name);
    if (method !== undefined) {
      const { receiver } = method.fn;
      if (receiver !== undefined) {
        values.flow(this.#flow.through(node, type, method.through), this.#flow.variable(receiver));
      }
      return this.#function(method.fn);
    }
    return this.#methodValue(selector, type, node, where);
  }

  /** `x.f` of which the program has no such field or method of that type. */
  #methodValue(
    selector: Kind<"selector">,
    type: Type | undefined,
    node: number | undefined,
    where: Where,
  ): number | undefined {
    const { name } = selector;
    const { values } = this.#flow;
    const bound = this.#boundOperation(selector, type, node, where);
    this.#flow.streams.leave(node);
    if (type?.kind === "external") {
      // `w.Write` as a value: whoever has it may call it.
      if (this.#flow.methodsByName.has(name)) values.flow(node, this.#flow.exitTo(packageOf(type.name)));
      return bound ?? this.#externalField(type.name, name, node);
    }
    const late = this.#lateMethod(name, type, node);
    if (type !== undefined) return late ?? bound ?? this.#flow.anyField(name);
    const any = this.#flow.anyField(name);
    values.flow(bound, any);
    values.flow(late, any);
    return any;
  }

  /** `s.stop` as a value, of an interface or of something whose type is not known: that of any object that it may be. */
  #lateMethod(name: string, type: Type | undefined, node: number | undefined): number | undefined {
    const { methodsByName, types, values } = this.#flow;
    if (node === undefined || !methodsByName.has(name)) return undefined;
    const embedded = typeWith(types.embeddedExternals(type), name);
    const of = embedded === undefined ? node : this.#flow.through(node, type, [embedded.name]);
    const method = values.node();
    values.flow(values.outside, method);
    if (of !== undefined) this.#late.await(of, name, ({ fn }) => values.flow(this.#function(fn), method));
    return method;
  }

  /** `wg.Done` and `mu.Unlock` as values: whoever calls one does it. */
  #boundOperation(
    { name, start, end, line, endLine }: Kind<"selector">,
    type: Type | undefined,
    node: number | undefined,
    { fn }: Where,
  ): number | undefined {
    const { values, types } = this.#flow;
    const operation = operationOf(name);
    if (operation === undefined || (type?.kind === "external" && !hasOperations(type.name))) return undefined;
    const embedded = typeWith(types.embeddedExternals(type), name);
    const operand = embedded === undefined ? node : this.#flow.through(node, type, [embedded.name]);
    if (operand === undefined) return undefined;
    const bound = values.node();
    values.hold(
      bound,
      values.site({ kind: "bound", fn, at: { start, end, line, endLine }, parent: operand, operation }),
    );
    return bound;
  }

  #ofPackage(path: string, name: string): number {
    const loaded = this.#flow.program.byPath.get(path)?.scope.get(name);
    if (loaded?.kind === "variable") return this.#flow.variable(loaded);
    return (loaded?.kind === "function" ? this.#function(loaded) : undefined) ?? this.#flow.values.outside;
  }

  /** `T.f` as a value: called with anything, as far as it is known. */
  #methodExpression(of: Expression, name: string, { file }: Where): number | undefined {
    const { types, values } = this.#flow;
    const fn = types.method(types.named(of, file), name)?.fn;
    if (fn === undefined) return values.outside;
    this.#flow.makeRoot(fn);
    if (fn.receiver !== undefined) values.flow(values.outside, this.#flow.variable(fn.receiver));
    return this.#function(fn);
  }

  #externalField(type: string, name: string, node: number | undefined): number | undefined {
    const isLocker = type === "sync.Cond" && name === "L" && node !== undefined;
    return isLocker ? this.#flow.values.elementOf(node) : this.#flow.externalField(packageOf(type));
  }
}

import type {
  Assignment,
  Clause,
  Expression,
  Field,
  FunctionLiteral,
  FunctionType,
  Name,
  Span,
  Statement,
  TypeDeclaration,
} from "../syntax/ast.ts";
import { expressionsOf, operandsOf, statementsOf } from "../syntax/children.ts";
import type { Binding, Func, ProgramFile, Source, Variable } from "./model.ts";
import { Scope } from "./scope.ts";
import type { Symbols } from "./symbols.ts";

/** Finds out what the names in the functions of one file stand for, and what values their variables get. */
export class Binder {
  readonly #file: ProgramFile;
  readonly #symbols: Symbols;
  /** What a variable was before an assignment: literals in front of that have it as well. */
  readonly #before = new Map<Variable, Variable>();

  constructor(file: ProgramFile, symbols: Symbols) {
    this.#file = file;
    this.#symbols = symbols;
  }

  /** A function whose parameters are declared in a scope of their own. */
  function(fn: Func, outer: Scope): void {
    const scope = new Scope(outer, fn.body, true);
    for (const name of typeParametersOf(fn)) scope.set(name, TYPE_PARAMETER);
    const declare = (field: Field, isParameter: boolean) => this.#parameter(field, fn, scope, isParameter);
    const receiver = fn.declaration?.receiver;
    fn.receiver = receiver && declare(receiver, true);
    fn.params = fn.type.params.map((field) => declare(field, true));
    fn.results = fn.type.results.map((field) => declare(field, false));
    this.#statements(fn.body.body, scope, fn);
  }

  /** A type of a package that has type parameters: they stand for no other types of these names. */
  genericType({ type, typeParameters }: TypeDeclaration, outer: Scope): void {
    const scope = new Scope(outer, type);
    for (const name of typeParameters) scope.set(name, TYPE_PARAMETER);
    this.#type(type, scope);
  }

  /** The value of a package variable. */
  packageValue(value: Expression, outer: Scope): void {
    this.#expression(value, outer, undefined);
  }

  #parameter(field: Field, fn: Func, scope: Scope, isParameter: boolean): Variable | undefined {
    this.#type(field.type, scope);
    if (field.name === undefined || field.name.name === "_") return undefined;
    return this.#declare(field.name, field.type, scope, fn, isParameter);
  }

  #declare(
    name: Name,
    type: Expression | undefined,
    scope: Scope,
    fn: Func | undefined,
    isParameter = false,
  ): Variable {
    const variable = this.#symbols.variable(name.name, name, this.#file, fn, type, scope.span, isParameter);
    scope.set(name.name, variable);
    this.#symbols.bind(name, variable);
    return variable;
  }

  #statements(statements: readonly Statement[], scope: Scope, fn: Func): void {
    for (const statement of statements) this.#statement(statement, scope, fn);
  }

  #statement(statement: Statement, scope: Scope, fn: Func): void {
    switch (statement.kind) {
      case "assign":
        return this.#assign(statement, scope, fn, "whole");
      case "var":
      case "const":
        return this.#variables(statement, scope, fn);
      case "type":
        scope.set(statement.name.name, this.#symbols.namedType(statement, this.#file));
        return this.#type(statement.type, scope);
      case "declarations":
        return this.#statements(statement.of, scope, fn);
      case "range":
        return this.#range(statement, scope, fn);
      case "switch":
        return this.#switch(statement, new Scope(scope, statement), fn);
      case "select":
        for (const clause of statement.clauses) this.#clause(clause, scope, fn);
        return;
      case "return":
        fn.returns.push(statement.values);
        break;
    }
    for (const expression of expressionsOf(statement)) this.#expression(expression, scope, fn);
    const within = statementsOf(statement);
    if (within.length === 0) return;
    const isList = statement.kind === "block";
    this.#statements(within, statement.kind === "label" ? scope : new Scope(scope, statement, isList), fn);
  }

  #variables(statement: Extract<Statement, { kind: "var" | "const" }>, scope: Scope, fn: Func): void {
    const { names, type, values } = statement;
    if (type !== undefined) this.#type(type, scope);
    for (const value of values) this.#expression(value, scope, fn);
    for (const [index, name] of names.entries()) {
      const variable = this.#declare(name, type, scope, fn);
      addSource(variable, values, index, names.length, fn, "whole");
    }
  }

  #assign(statement: Assignment, scope: Scope, fn: Func, part: Source["part"]): void {
    const { left, right, op } = statement;
    for (const value of right) this.#expression(value, scope, fn);
    for (const [index, target] of left.entries()) {
      const isNew = op === ":=" && target.kind === "name" && target.name !== "_" && !scope.hasOwn(target.name);
      if (isNew) this.#declare(target, undefined, scope, fn);
      else this.#expression(target, scope, fn);
      const variable = target.kind === "name" ? this.#symbols.bindings.get(target) : undefined;
      if (variable?.kind !== "variable") continue;
      for (let one: Variable | undefined = variable; one !== undefined; one = this.#before.get(one))
        addSource(one, right, index, left.length, fn, part);
      if (!isNew) this.#replace(variable, right, index, left.length, scope, fn);
    }
  }

  /**
   * Behind an assignment in the block that declares a variable it has the new value alone: `ctx, cancel :=
   * context.WithCancel(ctx)`. What has captured it before sees both.
   */
  #replace(old: Variable, values: readonly Expression[], index: number, targets: number, scope: Scope, fn: Func): void {
    if (!scope.isList || old.fn !== fn || scope.get(old.name) !== old || !scope.hasOwn(old.name)) return;
    if (fn.results.includes(old) || isValue(old.type) || values.some(({ kind }) => kind === "composite")) return;
    // A literal that sets it may be called at any time.
    if (old.sources.some((source) => source.fn !== fn)) return;
    const fresh = this.#symbols.variable(old.name, old.declared, this.#file, fn, old.type, old.scope);
    addSource(fresh, values, index, targets, fn, "whole");
    this.#before.set(fresh, old);
    scope.set(old.name, fresh);
  }

  #range(statement: Extract<Statement, { kind: "range" }>, outer: Scope, fn: Func): void {
    const scope = new Scope(outer, statement);
    this.#assign(statement.assign, scope, fn, "element");
    this.#statement(statement.body, scope, fn);
  }

  /** `switch x := v.(type)`: one variable, which is the value itself in each clause. */
  #switch(statement: Extract<Statement, { kind: "switch" }>, scope: Scope, fn: Func): void {
    if (statement.init !== undefined) this.#statement(statement.init, scope, fn);
    if (statement.tag !== undefined) this.#statement(statement.tag, scope, fn);
    for (const clause of statement.clauses) this.#clause(clause, scope, fn);
  }

  #clause(clause: Clause, outer: Scope, fn: Func): void {
    const scope = new Scope(outer, clause, true);
    for (const value of clause.values) this.#expression(value, scope, fn);
    if (clause.comm !== undefined) this.#statement(clause.comm, scope, fn);
    this.#statements(clause.body, scope, fn);
  }

  #expression(expression: Expression, scope: Scope, fn: Func | undefined): void {
    switch (expression.kind) {
      case "name":
        return this.#symbols.bind(expression, scope.get(expression.name) ?? this.#import(expression.name));
      case "function":
        return this.#literal(expression, scope, fn);
      case "composite":
        if (expression.type !== undefined) this.#type(expression.type, scope);
        return this.#composite(expression, scope, fn);
      case "array":
      case "map":
      case "chan":
      case "struct":
      case "functionType":
        return this.#type(expression, scope);
      case "assertion":
        if (expression.type !== undefined) this.#type(expression.type, scope);
    }
    for (const operand of operandsOf(expression)) this.#expression(operand, scope, fn);
  }

  /** The keys of a struct's literal are fields, not variables; of a map's they may be either: binding them does no harm. */
  #composite(literal: Extract<Expression, { kind: "composite" }>, scope: Scope, fn: Func | undefined): void {
    for (const { key, value } of literal.elements) {
      if (key !== undefined) this.#expression(key, scope, fn);
      this.#expression(value, scope, fn);
    }
  }

  #literal(literal: FunctionLiteral, scope: Scope, parent: Func | undefined): void {
    const fn = this.#symbols.literal(literal, this.#file, parent);
    this.#signature(literal.type, scope);
    this.function(fn, scope);
  }

  #signature({ params, results }: FunctionType, scope: Scope): void {
    for (const { type } of [...params, ...results]) this.#type(type, scope);
  }

  /** Types may name types of the function. */
  #type(type: Expression, scope: Scope): void {
    switch (type.kind) {
      case "name":
        return this.#symbols.bind(type, scope.get(type.name));
      case "selector":
      case "unary":
      case "array":
      case "chan":
        return this.#type(type.of, scope);
      case "index":
        this.#type(type.of, scope);
        return type.args.forEach((argument) => this.#type(argument, scope));
      case "map":
        this.#type(type.key, scope);
        return this.#type(type.of, scope);
      case "functionType":
        return this.#signature(type, scope);
      case "struct":
        return type.fields.forEach((field) => this.#type(field.type, scope));
    }
  }

  #import(name: string): Binding | undefined {
    const path = this.#file.imports.get(name);
    return path === undefined ? undefined : { kind: "import", path };
  }
}

const TYPE_PARAMETER: Binding = { kind: "typeParameter" };

/** Those of a function, or of a method's receiver: `T` of `*Box[T]`. */
function typeParametersOf({ declaration }: Func): readonly string[] {
  if (declaration === undefined) return [];
  const { receiver, typeParameters } = declaration;
  const type = receiver?.type.kind === "unary" ? receiver.type.of : receiver?.type;
  const args = type?.kind === "index" ? type.args : [];
  return [...typeParameters, ...args.flatMap((one) => (one.kind === "name" ? one.name : []))];
}

/** A lock, WaitGroup or the like that is no pointer: an assignment changes the one that others use. */
function isValue(type: Expression | undefined): boolean {
  return type?.kind === "selector" && type.of.kind === "name" && /^(?:sync|errgroup)$/.test(type.of.name);
}

function addSource(
  { sources }: Variable,
  values: readonly Expression[],
  index: number,
  targets: number,
  fn: Func | undefined,
  part: Source["part"],
): void {
  const isTuple = targets > values.length;
  const value = values[isTuple ? 0 : index];
  if (value !== undefined) sources.push({ fn, value, index: isTuple ? index : 0, part });
}

/** Where the names of a package can be used: everywhere. */
export const EVERYWHERE: Span = { start: 0, end: Infinity, line: 0, endLine: Infinity };

import type { Expression, FunctionDeclaration, FunctionLiteral, Name, Span, TypeDeclaration } from "../syntax/ast.ts";
import type { Binding, Func, NamedType, ProgramFile, Variable } from "./model.ts";

/** What the files of a program declare, numbered as it is found. */
export class Symbols {
  readonly bindings = new Map<Name, Binding>();
  readonly functions: Func[] = [];
  readonly variables: Variable[] = [];
  readonly literals = new Map<FunctionLiteral, Func>();
  #types = 0;

  bind(name: Name, binding: Binding | undefined): void {
    if (binding !== undefined) this.bindings.set(name, binding);
  }

  variable(
    name: string,
    declared: Span,
    file: ProgramFile,
    fn: Func | undefined,
    type: Expression | undefined,
    scope: Span,
    isParameter = false,
  ): Variable {
    const id = this.variables.length;
    const variable: Variable = {
      kind: "variable",
      id,
      name,
      declared,
      fn,
      isParameter,
      file,
      type,
      scope,
      sources: [],
    };
    this.variables.push(variable);
    return variable;
  }

  namedType({ name, type }: TypeDeclaration, file: ProgramFile): NamedType {
    const id = this.#types++;
    return { kind: "named", id, name: name.name, declared: name, file, type, methods: new Map() };
  }

  literal(literal: FunctionLiteral, file: ProgramFile, parent: Func | undefined): Func {
    const fn = this.function(parent?.name ?? "", file, undefined, literal, parent);
    parent?.literals.push(fn);
    this.literals.set(literal, fn);
    return fn;
  }

  function(
    name: string,
    file: ProgramFile,
    declaration: FunctionDeclaration | undefined,
    literal: FunctionLiteral | undefined,
    parent: Func | undefined,
  ): Func {
    const { type, body } = (declaration ?? literal)!;
    const fn: Func = {
      kind: "function",
      id: this.functions.length,
      name,
      file,
      declaration,
      literal,
      parent,
      type,
      isVariadic: type.isVariadic,
      body: body!,
      receiver: undefined,
      params: [],
      results: [],
      literals: [],
      returns: [],
    };
    this.functions.push(fn);
    file.functions.push(fn);
    return fn;
  }
}
